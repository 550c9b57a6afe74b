// What the team settles for one page (who reads first, when it closes, that it is held), and what it hands on: exports, and the file for a complaint.
(() => {
  const texts = {
    fr: {
      title: 'Régler une page', why: 'Pour une seule page : qui lit avant publication, quand elle ferme, la mettre en attente ou la fermer. Le reste du site ne change pas.',
      address: 'Adresse de la page', addressNote: 'Copiée depuis la barre d’adresse du navigateur.', open: 'Voir ses réglages', link: 'Régler cette page', other: 'Choisir une autre page',
      needed: 'À remplir.', down: 'Le service ne répond pas : rien n’a été changé. Réessayez dans un instant.', notYours: 'Cette clé ne permet pas de régler une page.', ended: 'Votre session s’est fermée : rien n’a été changé.', cancel: 'Annuler',
      comments: n => n > 1 ? n + ' commentaires en ligne' : n ? '1 commentaire en ligne' : 'aucun commentaire en ligne', onSite: v => `site « ${v} »`,
      now: 'Ce qui vaut maintenant', own: 'réglé pour cette page par l’équipe', hub: 'règle du site, fichier hub.json', team: 'réglage de l’équipe',
      isOpen: 'Page ouverte : on peut y écrire.', isClosed: 'Page fermée : personne ne peut y écrire.', isHeld: d => `Page en attente jusqu’au ${d} : tout nouveau commentaire est lu avant de paraître.`,
      freeze: d => `Un gel de l’équipe passe avant ces réglages${d ? `, jusqu’au ${d}` : ''}.`,
      policies: { 'a-priori': 'Chaque commentaire est lu avant de paraître', 'a-posteriori': 'Un commentaire paraît aussitôt, sauf si une règle le retient', 'first-then-trusted': 'Le premier commentaire de chacun est lu ; les suivants paraissent aussitôt' },
      trust: n => ` (pendant ${n} jours après le dernier qu’une personne a publié)`,
      atOnce: 'Refusé sans qu’une personne lise', nothing: 'rien', classes: { insult: 'injures', hate: 'haine', threat: 'menaces', advertising: 'publicité' },
      closes: d => `Fermeture le ${d}`, never: 'Pas de fermeture prévue', after: n => `Fermeture ${n > 1 ? n + ' jours' : '1 jour'} après le premier commentaire`, reads: 'Les lecteurs lisent', readsNothing: 'Les lecteurs ne lisent aucun avis.',
      policy: 'Qui lit avant publication', asSite: v => `Comme le site : ${v.charAt(0).toLowerCase()}${v.slice(1)}`, classesTitle: 'Refuser sans qu’une personne lise', classesNote: 'Ne joue que là où un commentaire peut paraître aussitôt. Cochez peu : un refus sans lecture se conteste.', classesSite: v => `Comme le site : ${v}`, classesOwn: 'Seulement ce qui est coché ici', classesKinds: 'Catégories refusées', savePolicy: 'Enregistrer la règle',
      close: 'Fermer plus tard', day: 'Dernier jour', dayNote: 'La page ferme d’elle-même à la fin de ce jour, à l’heure de la collectivité.', hour: 'Heure de fermeture (facultatif)', saveClose: 'Enregistrer la date', keepOpen: 'Ne plus fermer',
      keepOpenSure: 'La page reste ouverte, sans date de fermeture, jusqu’à ce qu’une personne la ferme.', keepOpenYes: 'Oui, la laisser ouverte', badDay: 'Écrivez une date entière, entre 2000 et 2100.', past: 'Ce moment est passé : choisissez plus tard.', noClock: v => `Ce navigateur ne connaît pas le fuseau horaire de la collectivité (${v}) : aucune date ne peut être choisie ici.`,
      acts: 'Mettre en attente ou fermer', hold: 'Mettre la page en attente', holdSure: 'Tout nouveau commentaire attend d’être lu ; on peut continuer à écrire. La page rouvre d’elle-même.', until: 'Jusqu’à la fin du (facultatif)', untilNote: d => `Laissez vide pour le prochain matin ouvré : ${d}. Au plus 30 jours.`, holdYes: 'Oui, mettre en attente', willRead: v => `Les lecteurs liront : « ${v} »`,
      shut: 'Fermer la page', shutSure: 'Plus personne ne peut écrire sur cette page avant qu’une personne la rouvre.', shutYes: 'Oui, fermer', release: 'Rouvrir maintenant', releaseSure: 'Les nouveaux commentaires suivent de nouveau la règle de la page. Ce qui attend reste à lire.', releaseYes: 'Oui, rouvrir',
      done: { policy: 'La règle de la page est enregistrée et compte dès maintenant.', closes: 'La date de fermeture est enregistrée.', keep: 'La page reste ouverte.', held: 'La page est en attente.', closed: 'La page est fermée.', open: 'La page est rouverte.' }, same: 'Rien n’a changé : il n’y a rien à enregistrer.',
      waiting: 'Voir ce qui attend sous cette page', evidence: 'Dossier de preuves (JSON)', evidenceWhy: 'Pour une plainte : tous les textes, leurs dates et leurs empreintes. Le téléchargement est inscrit au journal.', taken: 'Le dossier de preuves est téléchargé.',
      changes: 'Qui a réglé cette page', noChange: 'Personne encore.', changed: { closed: 'page fermée', closes: 'date de fermeture', held: 'mise en attente', policy: 'règle de publication', released: 'fin de l’attente', reopened: 'page rouverte' }, by: (w, n, d) => `${d} : ${w}${n ? `, par ${n}` : ''}`, clock: 'l’horloge', declared: n => `${n} (nom déclaré)`,
      exports: {
        title: 'Exports', why: 'Pour les archives, un bilan ou une demande d’accès. La période est comptée à l’heure de la collectivité.', site: 'Site', from: 'Premier jour', to: 'Dernier jour', badPeriod: 'Le dernier jour vient après le premier, et la période compte 366 jours au plus.',
        statements: 'Motifs de refus', statementsWhy: 'Chaque refus avec son motif, l’article cité et ce qu’il est devenu ; rien des auteurs.', notices: 'Signalements', noticesWhy: 'Ce que les lecteurs ont signalé, avec leurs nom et adresse tant qu’ils sont gardés. Le téléchargement est inscrit au journal.', csv: 'Tableau (CSV)', json: 'Données (JSON)', done: 'Le fichier est téléchargé.', figures: 'Les chiffres publics, mois par mois', down: 'Le service ne répond pas : réessayez dans un instant.'
      }
    },
    en: {
      title: 'Settings of a page', why: 'For a single page: who reads before publication, when it closes, holding it or closing it. The rest of the site stays as it is.',
      address: 'Address of the page', addressNote: 'Copied from the address bar of the browser.', open: 'See its settings', link: 'Settings of this page', other: 'Choose another page',
      needed: 'Please fill in.', down: 'The hub does not answer: nothing was changed. Try again in a moment.', notYours: 'This key may not settle a page.', ended: 'Your session has closed: nothing was changed.', cancel: 'Cancel',
      comments: n => n > 1 ? n + ' comments online' : n ? '1 comment online' : 'no comment online', onSite: v => `site “${v}”`,
      now: 'What holds now', own: 'set for this page by the team', hub: 'rule of the site, file hub.json', team: 'set by the team',
      isOpen: 'The page is open: people may write there.', isClosed: 'The page is closed: nobody may write there.', isHeld: d => `The page is held until ${d}: every new comment is read before it appears.`,
      freeze: d => `A freeze of the team goes before these settings${d ? `, until ${d}` : ''}.`,
      policies: { 'a-priori': 'Every comment is read before it appears', 'a-posteriori': 'A comment appears at once, unless a rule holds it', 'first-then-trusted': 'The first comment of each author is read; the next ones appear at once' },
      trust: n => ` (for ${n} days after the last one that a person published)`,
      atOnce: 'Refused without a person who reads it', nothing: 'nothing', classes: { insult: 'insults', hate: 'hate', threat: 'threats', advertising: 'advertising' },
      closes: d => `Closes on ${d}`, never: 'Does not close', after: n => `Closes ${n > 1 ? n + ' days' : '1 day'} after the first comment`, reads: 'Readers are told', readsNothing: 'Readers are told nothing.',
      policy: 'Who reads before publication', asSite: v => `As the site: ${v.charAt(0).toLowerCase()}${v.slice(1)}`, classesTitle: 'Refuse without a person who reads it', classesNote: 'Counts only where a comment may appear at once. Tick few: authors object to what nobody read.', classesSite: v => `As the site: ${v}`, classesOwn: 'Only what is ticked here', classesKinds: 'Kinds that are refused', savePolicy: 'Save the rule',
      close: 'Close later', day: 'Last day', dayNote: 'The page closes by itself at the end of that day, by the clock of the authority.', hour: 'Closing time (optional)', saveClose: 'Save the date', keepOpen: 'Do not close any more',
      keepOpenSure: 'The page stays open, without a date, until a person closes it.', keepOpenYes: 'Yes, keep it open', badDay: 'Write a whole date, between 2000 and 2100.', past: 'This moment is over: choose a later one.', noClock: v => `This browser does not know the authority’s time zone (${v}): no date can be chosen here.`,
      acts: 'Hold or close', hold: 'Hold the page', holdSure: 'Every new comment waits to be read; people may go on writing. The page reopens by itself.', until: 'Until the end of (optional)', untilNote: d => `Leave it empty for the next working morning: ${d}. At most 30 days.`, holdYes: 'Yes, hold it', willRead: v => `Readers will be told: “${v}”`,
      shut: 'Close the page', shutSure: 'Nobody can write on this page until a person opens it again.', shutYes: 'Yes, close it', release: 'Reopen now', releaseSure: 'New comments follow the rule of the page again. What waits stays to be read.', releaseYes: 'Yes, reopen it',
      done: { policy: 'The rule of the page is saved and counts from now on.', closes: 'The closing date is saved.', keep: 'The page stays open.', held: 'The page is held.', closed: 'The page is closed.', open: 'The page is open again.' }, same: 'Nothing has changed: there is nothing to save.',
      waiting: 'See what waits under this page', evidence: 'Evidence file (JSON)', evidenceWhy: 'For a complaint: all texts, their times and their hashes. The download is written in the log.', taken: 'The evidence file is downloaded.',
      changes: 'Who settled this page', noChange: 'Nobody yet.', changed: { closed: 'page closed', closes: 'closing date', held: 'held', policy: 'rule of publication', released: 'no longer held', reopened: 'page opened again' }, by: (w, n, d) => `${d}: ${w}${n ? `, by ${n}` : ''}`, clock: 'the clock', declared: n => `${n} (name as declared)`,
      exports: {
        title: 'Exports', why: 'For archives, a report or a request for access. The period is by the clock of the authority.', site: 'Site', from: 'First day', to: 'Last day', badPeriod: 'The last day comes after the first one, and the period has at most 366 days.',
        statements: 'Reasons of refusals', statementsWhy: 'Each refusal with its reason, the article and what became of it; nothing of the authors.', notices: 'Reports', noticesWhy: 'What readers reported, with their name and address as long as they are kept. The download is written in the log.', csv: 'Table (CSV)', json: 'Data (JSON)', done: 'The file is downloaded.', figures: 'The public figures, month by month', down: 'The hub does not answer: try again in a moment.'
      }
    }
  };

  /**
   * The two sections, closed; rules.show(place) opens the first one on a page ({ page, site }), and both have isDirty().
   * The page hands over what its own script has: h, button, call, field, download; forbidden(body, otherwise): words for a 403; signIn(): the session is over; times: by the authority's clock.
   */
  globalThis.socialhubPages = ({ h, button, call, field, download, forbidden, signIn, times }) => {
    const { lang } = document.documentElement, { zone } = document.body.dataset, w = texts[lang] || texts.fr, sites = JSON.parse(document.body.dataset.sites || '{}');
    let serial = 0;
    const choice = (type, name, label, isOn, value) => {
      const input = h('input', { type, name, value, id: 'p' + ++serial });
      input.checked = isOn;
      return Object.assign(h('p', { class: 'choice' }, input, h('label', { for: input.id }, label)), { input });
    };
    const mark = (row, words) => {
      row.querySelector('.error').textContent = words || '';
      row.input.setAttribute('aria-invalid', !!words);
      if (words) row.input.focus();
      return !words;
    };
    const dayField = (label, note, value = '') => field(label, h('input', { type: 'date', min: '2000-01-01', max: '2100-12-31', value }), note);
    // Null where it is not to be read; undefined where it is left empty.
    const instantOf = (day, hour) => {
      if (day.input.validity?.badInput || (day.input.value && !/^(20\d\d|2100)-/.test(day.input.value))) return mark(day, w.badDay), null;
      if (!day.input.value) return undefined;
      const at = hour?.input.value ? times.instantOf(day.input.value, hour.input.value) : times.startOf(day.input.value, 1);
      return new Date(at) <= Date.now() ? (mark(day, w.past), null) : (mark(day), at);
    };
    // What the hub says goes before what this page would say.
    const wrong = ({ status: code, body }, otherwise) => {
      if (code == 401) { signIn(); return w.ended; }
      return body.message || (code == 403 ? forbidden(body, w.notYours) : body.notice || otherwise);
    };

    const rules = () => {
      const say = h('p', { class: 'status', role: 'status' }), error = h('p', { class: 'error', role: 'alert' }), shown = h('div', {});
      const address = field(w.address, h('input', { inputmode: 'url', autocomplete: 'off', spellcheck: 'false', required: true, maxlength: 1000 }), w.addressNote);
      address.classList.add('wide-field');
      let view, isTouched = () => false;
      const quiet = () => { say.textContent = error.textContent = ''; };
      const form = h('form', {
        novalidate: true, onsubmit: event => {
          event.preventDefault();
          if (address.check()) read({ page: address.input.value.trim() });
        }
      }, address, h('p', { class: 'acts' }, h('button', { class: 'main' }, w.open)));
      const read = async (place, draft) => {
        quiet();
        const answer = await call('/api/v1/threads?' + new URLSearchParams({ page: place.page, ...place.site && { site: place.site } }));
        if (!answer.ok) {
          const said = wrong(answer, w.down);
          answer.status == 400 ? address.wrong(said) : error.textContent = said;
          return false;
        }
        mark(address);
        show(answer.body, draft);
        return true;
      };

      const classesOf = list => list.map(one => w.classes[one] || one).join(', ') || w.nothing;
      const state = ({ own, siteRule: site, ...v }) => h('div', { class: 'state' }, h('p', {}, h('strong', {}, v.closed ? w.isClosed : v.heldUntil ? w.isHeld(times.moment(v.heldUntil)) : w.isOpen)),
        v.freeze ? h('p', { class: 'alarm' }, w.freeze(v.freeze.until && times.moment(v.freeze.until))) : '',
        h('ul', {},
          h('li', {}, w.policies[v.policy], v.policy == 'first-then-trusted' && w.trust(site.trustDays), '. ', origin(own.policy)),
          v.policy == 'a-priori' ? '' : h('li', {}, `${w.atOnce} : ${classesOf(v.rejectAtOnce)}. `, origin(own.rejectAtOnce)),
          v.closed ? '' : h('li', {}, v.closes ? w.closes(times.moment(v.closes)) : !v.thread && site.closeAfterDays ? w.after(site.closeAfterDays) : w.never, '. ', v.closes ? origin(own.closes) : site.closeAfterDays ? origin(!!v.thread) : ''),
          h('li', {}, v.notice ? [`${w.reads} : « `, v.notice, ' »'] : w.readsNothing)));
      const origin = isOwn => h('span', { class: 'soft' }, `(${isOwn ? w.own : w.hub})`);

      const show = (now, draft) => {
        view = now;
        const heading = h('h3', { tabindex: -1 }, now.title), area = h('div', {}), name = now.title;
        const put = async (change, said, kept) => {
          quiet();
          const answer = await call('/api/v1/threads', { site: now.site, page: now.page, ...change }, now.revision == null ? {} : { 'If-Match': `"${now.revision}"` }, 'PUT');
          if (!answer.ok) {
            const words = wrong(answer, w.down);
            // Somebody was faster: what holds now is shown, with what was chosen here.
            if (answer.status == 412) await read(now, kept());
            error.textContent = words;
            return;
          }
          if (!await read(now, kept?.(true))) return;
          say.textContent = `${name} : ${said}`;
          shown.querySelector('h3').focus();
        };
        // Says what follows before it is done.
        const ask = (words, label, act, ...more) => {
          quiet();
          const why = h('p', { id: 'pw' + ++serial }, words), yes = button(label, act, 'main', name);
          yes.setAttribute('aria-describedby', why.id);
          area.replaceChildren(h('div', { class: 'panel' }, why, ...more, h('p', { class: 'acts' }, yes, button(w.cancel, () => { rest(); area.querySelector('button').focus(); }, 'plain', name))));
          (more.find(one => one.input)?.input || yes).focus();
        };

        const group = 'policy' + ++serial, chosen = draft?.policy ?? (now.own.policy ? now.policy : 'site');
        const policies = [choice('radio', group, w.asSite(w.policies[now.siteRule.policy]), chosen == 'site', 'site'), ...Object.keys(w.policies).map(one => choice('radio', group, w.policies[one], chosen == one, one))];
        const classGroup = 'classes' + ++serial, classes = draft?.classes ?? (now.own.rejectAtOnce ? now.rejectAtOnce : null);
        const asSite = choice('radio', classGroup, w.classesSite(classesOf(now.siteRule.rejectAtOnce)), !classes), asHere = choice('radio', classGroup, w.classesOwn, !!classes);
        const boxes = Object.keys(w.classes).map(one => choice('checkbox', null, w.classes[one], (classes || now.siteRule.rejectAtOnce).includes(one), one));
        const ticks = h('div', { class: 'choices', role: 'group', 'aria-label': w.classesKinds }, ...boxes);
        const note = h('p', { class: 'soft', id: 'pn' + ++serial }, w.classesNote), atOnce = h('fieldset', { 'aria-describedby': note.id }, h('legend', {}, w.classesTitle), note, h('div', {}, asSite, asHere, ticks));
        const policy = () => policies.find(one => one.input.checked)?.input.value, own = () => asHere.input.checked ? boxes.filter(one => one.input.checked).map(one => one.input.value) : null;
        const toggle = () => {
          atOnce.hidden = (policy() == 'site' ? now.siteRule.policy : policy()) == 'a-priori';
          ticks.hidden = !asHere.input.checked;
        };
        const day = dayField(w.day, null, draft?.day), hour = field(w.hour, h('input', { type: 'time', value: draft?.hour || '' }));
        const ends = h('p', { class: 'soft', id: 'pd' + ++serial }, w.dayNote);
        day.input.setAttribute('aria-describedby', `${day.input.getAttribute('aria-describedby')} ${ends.id}`);
        const savers = h('div', { onchange: toggle }, h('fieldset', {}, h('legend', {}, w.policy), ...policies), atOnce, h('p', { class: 'acts' }, button(w.savePolicy, () => {
          const change = { ...policy() != (now.own.policy ? now.policy : 'site') && { policy: policy() }, ...JSON.stringify(own()) != JSON.stringify(now.own.rejectAtOnce ? now.rejectAtOnce : null) && { rejectAtOnce: own() || ['site'] } };
          quiet();
          if (!Object.keys(change).length) { say.textContent = w.same; return; }
          return put(change, w.done.policy, isDone => ({ ...!isDone && { policy: policy(), classes: own() }, day: day.input.value, hour: hour.input.value }));
        }, 'main', name)));
        toggle();
        const kept = () => ({ policy: policy(), classes: own(), day: day.input.value, hour: hour.input.value });
        const later = () => !times.hasClock ? h('p', {}, w.noClock(zone)) : h('div', {}, h('h4', {}, w.close), h('div', { class: 'pair' }, day, hour), ends, h('p', { class: 'acts' }, button(w.saveClose, () => {
          quiet();
          const closes = instantOf(day, hour);
          if (closes === undefined) return void mark(day, w.needed);
          return closes && put({ closes }, w.done.closes, isDone => ({ policy: policy(), classes: own(), ...!isDone && { day: day.input.value, hour: hour.input.value } }));
        }, '', name), now.closes ? button(w.keepOpen, () => ask(w.keepOpenSure, w.keepOpenYes, () => put({ closed: false }, w.done.keep, kept)), 'plain', name) : ''));

        const holding = () => {
          const until = dayField(w.until, w.untilNote(times.moment(now.morning))), reads = h('p', { class: 'soft', role: 'status' });
          const tell = () => { reads.textContent = w.willRead(until.input.value ? now.holdNotice.replace(times.moment(now.morning), times.moment(times.startOf(until.input.value, 1))) : now.holdNotice); };
          until.addEventListener('change', tell);
          tell();
          ask(w.holdSure, w.holdYes, () => {
            const end = instantOf(until);
            return end !== null && put({ held: true, ...end && { until: end } }, w.done.held, kept);
          }, ...times.hasClock ? [until] : [], reads);
        };
        const rest = () => area.replaceChildren(h('p', { class: 'acts' },
          now.closed ? '' : button(w.hold, holding, '', name),
          now.closed ? '' : button(w.shut, () => ask(`${w.shutSure} ${w.willRead(now.closedNotice)}`, w.shutYes, () => put({ closed: true }, w.done.closed, kept)), '', name),
          now.closed || now.heldUntil ? button(w.release, () => ask(w.releaseSure, w.releaseYes, () => put(now.closed ? { closed: false } : { held: false }, w.done.open, kept)), 'main', name) : ''));
        rest();
        const evidence = now.thread && button(w.evidence, async () => {
          quiet();
          const got = await download(`/api/v1/moderation/threads/${encodeURIComponent(now.site)}/${encodeURIComponent(now.thread)}/evidence`, 'POST', `${now.site}-${now.thread}.json`);
          if (got.ok) say.textContent = w.taken;
          else error.textContent = wrong(got, w.down);
        }, 'plain', name);
        shown.replaceChildren(heading,
          h('p', { class: 'facts' }, h('span', {}, h('a', { href: now.page, rel: 'noopener noreferrer' }, now.page)), Object.keys(sites).length > 1 ? h('span', {}, w.onSite(now.siteName || now.site)) : '', h('span', {}, w.comments(now.count))),
          h('h4', {}, w.now), state(now), savers, now.closed ? '' : later(), h('h4', {}, w.acts), area,
          h('div', { class: 'past' }, now.thread ? h('p', { class: 'acts' }, h('a', { href: `#thread=${now.site}.${now.thread}` }, w.waiting), evidence) : '', now.thread ? h('p', { class: 'soft' }, w.evidenceWhy) : '',
            h('details', {}, h('summary', {}, w.changes), now.changes.length ? h('ul', {}, now.changes.map(one => h('li', {}, w.by(w.changed[one.what] || one.what, one.who == 'clock' ? w.clock : one.who == 'forgotten' ? '' : one.declared ? w.declared(one.who) : one.who, times.moment(one.at))))) : h('p', { class: 'soft' }, w.noChange))));
        const clean = JSON.stringify({ policy: now.own.policy ? now.policy : 'site', classes: now.own.rejectAtOnce ? now.rejectAtOnce : null, day: '', hour: '' });
        isTouched = () => JSON.stringify(kept()) != clean;
        heading.focus();
      };
      const box = h('details', {}, h('summary', {}, h('h2', {}, w.title)), h('p', { class: 'soft' }, w.why), form, say, error, shown);
      box.isDirty = () => !!view && isTouched();
      box.show = async place => {
        box.open = true;
        address.input.value = place.page;
        if (!await read(place)) (address.input.getAttribute('aria-invalid') == 'true' ? address.input : box.querySelector('summary')).focus();
        box.scrollIntoView();
      };
      return box;
    };

    const exports = () => {
      const e = w.exports, say = h('p', { class: 'status', role: 'status' }), error = h('p', { class: 'error', role: 'alert' }), today = times.dayOf(Date.now());
      const site = Object.keys(sites).length > 1 && field(e.site, h('select', {}, Object.entries(sites).map(([id, name]) => h('option', { value: id }, name || id))));
      const from = dayField(e.from, null, today.slice(0, 4) + '-01-01'), to = dayField(e.to, null, today);
      const take = (what, method, type) => button(type == 'csv' ? e.csv : e.json, async () => {
        say.textContent = error.textContent = '';
        const days = (Date.parse(to.input.value) - Date.parse(from.input.value)) / 86400000;
        if (!(days >= 0 && days < 366)) return void mark(to, e.badPeriod);
        mark(to);
        const id = site ? site.input.value : Object.keys(sites)[0] || '';
        const got = await download(`/api/v1/moderation/${what}${type == 'csv' ? '.csv' : ''}?${new URLSearchParams({ site: id, from: from.input.value, to: to.input.value })}`, method, `${what}-${id}.${type}`);
        if (got.ok) say.textContent = e.done;
        else error.textContent = got.status == 400 ? e.badPeriod : wrong(got, e.down);
      }, '', e[what]);
      const part = (what, method) => [h('h3', {}, e[what]), h('p', { class: 'soft' }, e[what + 'Why']), h('p', { class: 'acts' }, take(what, method, 'csv'), take(what, method, 'json'))];
      const box = h('details', {}, h('summary', {}, h('h2', {}, e.title)), h('p', { class: 'soft' }, e.why), site, h('div', { class: 'pair' }, from, to), say, error, ...part('statements', 'GET'), ...part('notices', 'POST'), h('p', { class: 'past' }, h('a', { href: '/api/v1/transparency.html' }, e.figures)));
      box.isDirty = () => false;
      return box;
    };
    return { rules: rules(), exports: exports(), link: w.link };
  };
})();
