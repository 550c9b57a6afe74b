// What the team settles without a developer, each a form over one setting: a freeze, who is on duty, the playbook, the charter.
// Nothing that was typed goes away before it is saved: not by an error, not by somebody who was faster, not by the end of a session.
(() => {
  const texts = {
    fr: {
      titles: { freeze: 'Gel en période électorale', people: 'Équipe et astreintes', playbook: 'Consignes quand une discussion dérape', charter: 'Charte des commentaires' },
      whys: { freeze: 'Pendant un gel, les commentaires attendent ou sont fermés ; les lecteurs en lisent le motif et la date de fin à côté du formulaire. Il prend fin de lui-même.', people: 'Ces personnes sont citées dans les cartes Teams et reçoivent les courriels du hub pendant leurs heures de service. Une page mise en attente rouvre le premier matin ouvré où l’une d’elles est là.', playbook: 'Ces consignes s’affichent à côté de l’alerte quand une discussion dérape : qui appeler, que faire, que répondre. Elles ne sont jamais publiées d’elles-mêmes.', charter: 'Chaque refus cite un article de cette charte. Une version remplacée reste lisible : un refus renvoie toujours au texte qui était en vigueur.' },
      save: 'Enregistrer', drop: 'Abandonner les changements', dropped: 'Les changements sont abandonnés.', saved: 'C’est enregistré, et compte dès maintenant.', same: 'Rien n’a changé : il n’y a rien à enregistrer.', cancel: 'Annuler', retry: 'Réessayer', remove: 'Retirer',
      origin: 'C’est le réglage d’origine : l’équipe ne l’a pas changé.', savedBy: (n, d) => `Enregistré${n ? ` par ${n}` : ''} le ${d}.`, returnedBy: (n, d) => `C’est de nouveau le réglage d’origine${n ? `, repris par ${n}` : ''} le ${d}.`,
      back: 'Revenir au réglage d’origine', backSure: 'Ce que l’équipe a écrit ici ne compte plus : le réglage du fichier de configuration (hub.json) reprend, ou à défaut celui du hub.', backYes: 'Oui, y revenir', emptySure: 'Il n’y a plus rien ici. Enregistrer, c’est revenir au réglage du fichier de configuration (hub.json), ou à défaut à celui du hub.', returned: 'Le réglage d’origine compte de nouveau.',
      unread: 'Ce réglage n’a pas pu être lu.', notYours: 'Ces réglages sont tenus par les rédacteurs et l’administrateur.', unsaved: 'Le service ne répond pas : rien n’est perdu, ce que vous avez écrit est gardé ici. Réessayez dans un instant.', ended: 'Votre session s’est fermée avant l’enregistrement. Ce que vous avez écrit est gardé ici : enregistrez-le.', tooBig: 'Le tout est trop long pour être enregistré : raccourcissez vos textes.',
      moved: (n, d) => `${n || 'Quelqu’un'} a enregistré ce réglage ${d} pendant que vous écriviez. Ce que vous avez écrit est gardé, à côté de ce qui a été enregistré : relisez, puis enregistrez de nouveau.`, movedOne: (n, d) => `${n || 'Quelqu’un'} a enregistré ce réglage ${d} pendant que vous écriviez ; ce qui compte maintenant est écrit ci-dessus. Ce que vous avez écrit est gardé : enregistrez de nouveau pour le remplacer, ou abandonnez vos changements.`, movedNone: (n, d) => `${n || 'Quelqu’un'} a enregistré ce réglage ${d} : relisez-le, puis recommencez.`, day: d => `le ${d}`,
      wrong: n => n > 1 ? `${n} champs sont à corriger : rien n’a été enregistré.` : 'Un champ est à corriger : rien n’a été enregistré.', refused: 'Le service n’accepte pas ce champ.', detail: 'Détail technique :', needed: 'À remplir.', long: (n, m) => `Trop long : ${n} caractères, ${m} au plus.`, line: 'Écrivez-le sur une seule ligne.', most: n => `Il y en a ${n}, c’est le plus possible : retirez-en d’abord.`, none: 'Rien encore.', gone: v => `«\u00a0${v}\u00a0» est retiré, pas encore enregistré.`,
      history: { title: 'Qui a changé ce réglage', none: 'Personne encore.', more: 'Afficher la suite', unread: 'L’historique n’a pas pu être lu.', entry: (v, d) => `Version ${v}, ${d}`, written: n => n ? `, par ${n}` : '', returned: n => `, retour au réglage d’origine${n ? ` par ${n}` : ''}`, default: () => ', réglage d’origine' },
      freeze: {
        off: 'Aucun gel n’est prévu.', over: d => `Le dernier gel a pris fin le ${d}.`, on: d => `Un gel est en cours jusqu’au ${d}.`, open: 'Un gel est en cours, jusqu’à ce que quelqu’un y mette fin.', planned: (a, b) => `Un gel est prévu du ${a} au ${b}.`, plannedOpen: a => `Un gel est prévu à partir du ${a}, jusqu’à ce que quelqu’un y mette fin.`, reasonIs: v => `Motif : «\u00a0${v}\u00a0»`,
        does: { hold: 'Commentaires : chacun attend d’être lu par une personne.', close: 'Commentaires : aucun n’est accepté.', none: 'Commentaires : ils suivent leur règle habituelle.' }, posts: 'Réseaux : rien n’est publié.', postsOn: 'Réseaux : les publications continuent.', of: names => `Sites : ${names}.`,
        comments: 'Les commentaires, pendant le gel', choices: { hold: 'attendent tous d’être lus par une personne', close: 'ne sont plus acceptés', none: 'suivent leur règle habituelle' }, sites: 'Sites dont les commentaires sont gelés', noSite: 'Choisissez au moins un site.', publications: 'Ne rien publier non plus sur les réseaux', publicationsAll: 'Ne rien publier non plus sur les réseaux (vaut pour tous les sites)', nothing: 'Ce gel n’arrêterait rien : choisissez ce que deviennent les commentaires, ou les réseaux.',
        reason: 'Motif, lu par les lecteurs', reasonNote: 'Une phrase entière, par exemple : «\u00a0En raison de la campagne des élections municipales.\u00a0»', from: 'Premier jour (facultatif)', fromNote: 'Laissez vide pour commencer dès l’enregistrement.', until: 'Dernier jour', untilNote: 'Le gel prend fin de lui-même à la fin de ce jour, à minuit.', badDay: 'Écrivez une date entière, entre 2000 et 2100.', before: 'Le dernier jour vient avant le premier.', past: 'Ce jour est passé : choisissez aujourd’hui ou plus tard.',
        end: 'Mettre fin au gel', endSure: 'Les commentaires suivent de nouveau leur règle habituelle, et ce qui est prévu sur les réseaux peut partir. Ce qui attend reste à lire.', endYes: 'Oui, y mettre fin', ended: 'Le gel a pris fin.', noClock: v => `Ce navigateur ne connaît pas le fuseau horaire de la collectivité (${v}) : les heures d’un gel ne peuvent pas être lues ni changées ici, et celles qui sont écrites ci-dessus sont à l’heure de cet appareil. Ouvrez cette page dans un navigateur plus récent.`
      },
      people: {
        list: 'Personnes', add: 'Ajouter une personne', fresh: 'Nouvelle personne', name: 'Nom', email: 'Adresse électronique', teams: 'Identifiant Teams (facultatif)', teamsNote: 'Seulement s’il n’est pas l’adresse ci-dessus.', days: 'Jours de service', from: 'Début du service', to: 'Fin du service', toNote: 'Une fin plus tôt que le début est celle du lendemain.', urgent: 'Prévenir aussi hors de ces heures quand une discussion dérape',
        badEmail: 'Écrivez une adresse entière, comme camille@saint-exemple.fr.', twice: 'Cette adresse est déjà dans la liste.', badTime: 'Écrivez une heure, comme 08:00.', sameTime: 'La fin est à la même heure que le début.', always: 'tous les jours', week: 'du lundi au vendredi', never: 'aucun jour', hours: (d, a, b) => `${d}, de ${a} à ${b}`, also: 'aussi prévenue hors de ces heures'
      },
      playbook: {
        call: 'À appeler', addCall: 'Ajouter une personne à appeler', freshCall: 'Nouvelle personne à appeler', name: 'Personne ou service', phone: 'Numéro (facultatif)', phoneNote: 'Comme on le compose.', when: 'Dans quel cas (facultatif)',
        steps: 'Que faire, dans l’ordre', addStep: 'Ajouter une étape', step: n => `Étape ${n}`, up: 'Monter', down: 'Descendre', movedTo: n => `C’est maintenant l’étape ${n}.`,
        answers: 'Réponses prêtes', addAnswer: 'Ajouter une réponse', freshAnswer: 'Nouvelle réponse', title: 'Titre', text: 'Texte', textNote: 'Dans le ton de la collectivité ; chacun l’adapte avant de le publier.'
      },
      charter: {
        list: 'Articles', add: 'Ajouter un article', fresh: 'Nouvel article', start: n => `Article ${n}. `, article: 'Texte de l’article', articleNote: 'La première ligne est son titre. Qu’elle commence par «\u00a0Article\u00a0» et un numéro, comme «\u00a0Article 3\u00a0», et un refus peut le citer.', plain: 'Paragraphe sans numéro', twice: n => `Un autre article porte déjà le numéro ${n}.`, total: (n, m) => `La charte a ${n} caractères, ${m} au plus : raccourcissez-la.`,
        cited: 'Article cité pour chaque motif de refus', uncited: names => `Sans article, ces motifs citent la charte entière : ${names}.`, whole: 'La charte entière', absent: n => `Article ${n} (n’existe plus)`, choose: 'Cet article n’existe plus : choisissez-en un autre.', version: v => `Version ${v}, en vigueur.`, page: 'Lire la charte comme les lecteurs la lisent (nouvel onglet)', history: 'Versions de la charte', read: 'Lire', close: 'Refermer', unread: 'Cette version n’a pas pu être lue.', about: v => `version ${v}`
      }
    },
    en: {
      titles: { freeze: 'Freeze for elections', people: 'Team and duty hours', playbook: 'What to do when a debate turns', charter: 'Charter of the comments' },
      whys: { freeze: 'During a freeze comments wait or are closed; readers see the reason and the end beside the form. It ends by itself.', people: 'These people are mentioned in the Teams cards and get the hub’s mails in their duty hours. A page that is held opens again on the first working morning on which one of them is there.', playbook: 'This stands beside the alarm when a debate turns: whom to call, what to do, what to answer. None of it is ever published by itself.', charter: 'Every refusal cites an article of this charter. A version that was replaced stays readable: a refusal always leads to the text that was in force.' },
      save: 'Save', drop: 'Discard the changes', dropped: 'The changes are discarded.', saved: 'It is saved, and counts from now on.', same: 'Nothing has changed: there is nothing to save.', cancel: 'Cancel', retry: 'Try again', remove: 'Remove',
      origin: 'This is the original setting: the team has not changed it.', savedBy: (n, d) => `Saved${n ? ` by ${n}` : ''} on ${d}.`, returnedBy: (n, d) => `This is the original setting again${n ? `, brought back by ${n}` : ''} on ${d}.`,
      back: 'Return to the original setting', backSure: 'What the team wrote here counts no more: the setting of the configuration file (hub.json) holds again, or else the hub’s own.', backYes: 'Yes, return to it', emptySure: 'Nothing is left here. To save is to return to the setting of the configuration file (hub.json), or else to the hub’s own.', returned: 'The original setting counts again.',
      unread: 'This setting could not be read.', notYours: 'These settings are kept by editors and the administrator.', unsaved: 'The hub does not answer: nothing is lost, what you wrote is kept here. Try again in a moment.', ended: 'Your session closed before it was saved. What you wrote is kept here: save it.', tooBig: 'All together it is too long to be saved: shorten your texts.',
      moved: (n, d) => `${n || 'Somebody'} saved this setting ${d} while you were writing. What you wrote is kept, beside what was saved: read it again, then save again.`, movedOne: (n, d) => `${n || 'Somebody'} saved this setting ${d} while you were writing; what counts now is written above. What you wrote is kept: save again to replace it, or discard your changes.`, movedNone: (n, d) => `${n || 'Somebody'} saved this setting ${d}: read it again, then repeat.`, day: d => `on ${d}`,
      wrong: n => n > 1 ? `${n} fields need a correction: nothing was saved.` : 'One field needs a correction: nothing was saved.', refused: 'The hub does not accept this field.', detail: 'Technical detail:', needed: 'Please fill in.', long: (n, m) => `Too long: ${n} characters, at most ${m}.`, line: 'Write it on one line.', most: n => `There are ${n}, the most that are possible: remove one first.`, none: 'Nothing yet.', gone: v => `“${v}” is removed, not saved yet.`,
      history: { title: 'Who changed this setting', none: 'Nobody yet.', more: 'Show more', unread: 'The history could not be read.', entry: (v, d) => `Version ${v}, ${d}`, written: n => n ? `, by ${n}` : '', returned: n => `, return to the original setting${n ? ` by ${n}` : ''}`, default: () => ', original setting' },
      freeze: {
        off: 'No freeze is planned.', over: d => `The last freeze ended on ${d}.`, on: d => `A freeze lasts until ${d}.`, open: 'A freeze lasts until somebody ends it.', planned: (a, b) => `A freeze is planned from ${a} until ${b}.`, plannedOpen: a => `A freeze is planned from ${a}, until somebody ends it.`, reasonIs: v => `Reason: “${v}”`,
        does: { hold: 'Comments: each waits to be read by a person.', close: 'Comments: none is taken.', none: 'Comments: they follow their usual rule.' }, posts: 'Networks: nothing is posted.', postsOn: 'Networks: posts go on.', of: names => `Sites: ${names}.`,
        comments: 'Comments, during the freeze', choices: { hold: 'all wait to be read by a person', close: 'are not taken any more', none: 'follow their usual rule' }, sites: 'Sites whose comments are frozen', noSite: 'Choose at least one site.', publications: 'Post nothing on the networks either', publicationsAll: 'Post nothing on the networks either (holds for all sites)', nothing: 'This freeze would stop nothing: choose what becomes of the comments, or of the networks.',
        reason: 'Reason, read by readers', reasonNote: 'A whole sentence, for example: “Because of the campaign for the local elections.”', from: 'First day (optional)', fromNote: 'Leave it empty to begin as soon as it is saved.', until: 'Last day', untilNote: 'The freeze ends by itself at the end of that day, at midnight.', badDay: 'Write a whole date, between 2000 and 2100.', before: 'The last day is before the first one.', past: 'This day is over: choose today or later.',
        end: 'End the freeze', endSure: 'Comments follow their usual rule again, and what is planned on the networks may leave. What waits stays to be read.', endYes: 'Yes, end it', ended: 'The freeze has ended.', noClock: v => `This browser does not know the authority’s time zone (${v}): the hours of a freeze can be neither read nor changed here, and those written above are by the clock of this device. Open this page in a newer browser.`
      },
      people: {
        list: 'People', add: 'Add a person', fresh: 'New person', name: 'Name', email: 'E-mail address', teams: 'Teams sign-in name (optional)', teamsNote: 'Only if it is not the address above.', days: 'Duty days', from: 'Start of duty', to: 'End of duty', toNote: 'An end that is earlier than the start is on the next day.', urgent: 'Also tell outside these hours when a debate turns',
        badEmail: 'Write a whole address, such as camille@saint-exemple.fr.', twice: 'This address is in the list already.', badTime: 'Write a time, such as 08:00.', sameTime: 'The end is at the same time as the start.', always: 'every day', week: 'Monday to Friday', never: 'no day', hours: (d, a, b) => `${d}, ${a} to ${b}`, also: 'also told outside these hours'
      },
      playbook: {
        call: 'Whom to call', addCall: 'Add somebody to call', freshCall: 'New person to call', name: 'Person or service', phone: 'Number (optional)', phoneNote: 'As it is dialled.', when: 'In which case (optional)',
        steps: 'What to do, in this order', addStep: 'Add a step', step: n => `Step ${n}`, up: 'Move up', down: 'Move down', movedTo: n => `It is step ${n} now.`,
        answers: 'Ready answers', addAnswer: 'Add an answer', freshAnswer: 'New answer', title: 'Title', text: 'Text', textNote: 'In the authority’s tone; everybody adapts it before it is published.'
      },
      charter: {
        list: 'Articles', add: 'Add an article', fresh: 'New article', start: n => `Article ${n}. `, article: 'Text of the article', articleNote: 'The first line is its title. If it begins with “Article” and a number, as in “Article 3”, a refusal can cite it.', plain: 'Paragraph without a number', twice: n => `Another article has the number ${n} already.`, total: (n, m) => `The charter has ${n} characters, at most ${m}: shorten it.`,
        cited: 'Article that is cited for each reason of a refusal', uncited: names => `These reasons have no article, and cite the whole charter: ${names}.`, whole: 'The whole charter', absent: n => `Article ${n} (exists no more)`, choose: 'This article exists no more: choose another one.', version: v => `Version ${v}, in force.`, page: 'Read the charter as readers see it (new tab)', history: 'Versions of the charter', read: 'Read', close: 'Close', unread: 'This version could not be read.', about: v => `version ${v}`
      }
    }
  };

  /**
   * The four sections, closed; each reads its setting once it is opened, and has isDirty().
   * The page hands over what its own script has: h, button, call, field; forbidden(body, otherwise): words for a 403; signIn(): the session is over; reasons(): of a refusal; times: by the authority's clock, wherever the reader is.
   */
  globalThis.socialhubTeam = ({ h, button, call, field, forbidden, signIn, reasons, times }) => {
    const { lang } = document.documentElement, { zone } = document.body.dataset, w = texts[lang] || texts.fr;
    const { moment, dayOf, startOf, hasClock } = times;
    const same = (a, b) => JSON.stringify(a) == JSON.stringify(b);
    // However an instant is written.
    const instants = value => JSON.stringify(value, (_, one) => /^\d{4}-.*T/.test(one) ? new Date(one).toISOString() : one);
    let serial = 0;

    // Notes what is wrong with a field beside it; whoever asked for all of them moves to the first.
    const mark = (row, words) => {
      row.querySelector('.error').textContent = words || '';
      row.input.setAttribute('aria-invalid', !!words);
      return !words;
    };
    const within = (row, longest, isNeeded, isLine = true) => {
      const value = row.input.value.trim();
      return mark(row, !value ? isNeeded && w.needed : value.length > longest ? w.long(value.length, longest) : isLine && /[\p{Cc}]/u.test(value) && w.line);
    };
    // What is not called optional is required.
    const text = (label, value, note, required) => field(label, h('input', { autocomplete: 'off', value: value || '', required }), note);
    const area = (label, value, rows, note) => {
      const row = field(label, h('textarea', { rows, required: true }), note);
      row.classList.add('wide-field');
      row.input.value = value || '';
      return row;
    };
    const choice = (type, name, label, isOn) => {
      const input = h('input', { type, name, id: 'c' + ++serial });
      input.checked = isOn;
      const box = h('p', { class: 'choice' }, input, h('label', { for: input.id }, label));
      box.input = input;
      return box;
    };
    const group = (label, ...children) => h('fieldset', {}, h('legend', {}, label), ...children);

    // Several of a kind: shown closed under their titles, opened to be changed. make(value) gives { rows, value(), title(), check(others) }.
    const several = ({ label, add, fresh, most, blank, make, open, changed, say, error }, values) => {
      const heading = h('h3', { tabindex: -1 }, label), box = h('div', {}), items = [];
      const draw = () => {
        box.replaceChildren(...items.length ? items.map(item => item.element) : [h('p', { class: 'soft' }, w.none)]);
        items.forEach((item, i) => item.placed?.(i, items.length));
        changed();
      };
      const put = value => {
        const item = make(value), name = () => item.title() || fresh;
        item.remove = button(w.remove, () => {
          items.splice(items.indexOf(item), 1);
          draw();
          say.textContent = w.gone(name());
          heading.focus();
        }, 'plain');
        if (open) {
          item.move = by => {
            const at = items.indexOf(item), to = at + by;
            if (to < 0 || to >= items.length) return;
            items.splice(to, 0, items.splice(at, 1)[0]);
            draw();
            item.first().focus();
            say.textContent = w.playbook.movedTo(to + 1);
          };
          item.element = h('div', { class: 'item' }, item.body, h('p', { class: 'acts' }, item.acts?.(item), item.remove));
        } else {
          const summary = h('summary', {}), named = h('strong', { id: 's' + ++serial }), facts = h('span', { class: 'soft' });
          summary.append(named, ' ', facts);
          item.element = h('details', { class: 'item' }, summary, h('div', { class: 'inside', role: 'group', 'aria-labelledby': named.id }, item.body, h('p', { class: 'acts' }, item.remove)));
          item.tell = () => {
            named.textContent = name();
            facts.textContent = item.facts?.() || '';
            item.remove.setAttribute('aria-label', `${w.remove} : ${name()}`);
          };
          item.tell();
          item.element.addEventListener('input', item.tell);
        }
        item.show = () => { if (item.element.localName == 'details') item.element.open = true; };
        items.push(item);
        return item;
      };
      values.forEach(put);
      const adder = button(add, () => {
        if (items.length >= most) { error.textContent = w.most(items.length); return; }
        error.textContent = '';
        const item = put(blank(items.map(one => one.value())));
        draw();
        item.show();
        item.first().focus();
      });
      draw();
      return {
        element: h('div', {}, heading, box, h('p', { class: 'acts' }, adder)), items,
        value: () => items.map(item => item.value()),
        check: () => items.map(item => item.check(items)).every(Boolean)
      };
    };
    // What somebody saved meanwhile, with what was removed, added and changed here; of one thing that both changed both texts stay.
    const merged = (before, mine, theirs) => {
      const keys = list => list.map(one => JSON.stringify(one)), [was, here, there] = [before, mine, theirs].map(keys);
      const result = there.filter(one => here.includes(one) || !was.includes(one));
      here.forEach((one, i) => {
        if (was.includes(one) || result.includes(one)) return;
        const at = i ? result.indexOf(here[i - 1]) : -1;
        result.splice(i && at < 0 ? result.length : at + 1, 0, one);
      });
      return result.map(one => JSON.parse(one));
    };

    // One setting as a section of the page. edit(value, tools) gives { element, value(), check(), row(path) }; now(value, answer) says what counts.
    const section = (name, { edit, now = () => [], isEmpty, join, sent = value => value, acts = () => [], historyTitle = w.history.title, entry = () => [] }) => {
      const path = '/api/v1/settings/' + name, title = w.titles[name], rest = h('div', {});
      const state = h('div', { tabindex: -1, class: 'state' }), form = h('div', {}), row = h('div', { class: 'saving' }), say = h('p', { class: 'status', role: 'status' }), error = h('p', { class: 'error', role: 'alert' }), past = h('div', { class: 'past' });
      let base, etag, isBack, clean, editor, tried, last;
      const tools = { say, error, changed: () => refresh() };
      // A stored value as the form writes it.
      const plain = value => edit(value, { say, error, changed: () => {} }).value();
      const isDirty = () => !!editor && JSON.stringify(editor.value()) != clean;
      const refresh = () => { if (editor) drop.hidden = !isDirty(); };
      const take = body => {
        base = body.value;
        etag = body.etag;
        isBack = body.default;
        clean = JSON.stringify(plain(base));
        const { by, at } = body;
        state.replaceChildren(...now(base, body), h('p', { class: 'soft' }, !at ? w.origin : (isBack ? w.returnedBy : w.savedBy)(by, moment(at))));
      };
      const show = value => {
        editor = null;
        const next = edit(value, tools);
        editor = next;
        form.replaceChildren(next.element);
        past.replaceChildren(history());
        calm();
      };
      const calm = () => {
        row.replaceChildren(h('p', { class: 'acts' }, !editor.isShut && [saver, drop], acts(base, { ask, send }), isEmpty && !isBack && button(w.back, () => ask(w.backSure, w.backYes, leave), 'plain', title)));
        refresh();
      };
      const home = () => (saver.isConnected ? saver : state).focus();
      // What is typed while a call runs would be written over by its answer: until then nothing is.
      const calling = async (...args) => {
        const at = document.activeElement, idle = [...row.querySelectorAll('button:not([aria-disabled])')];
        form.inert = true;
        idle.forEach(one => one.setAttribute('aria-disabled', true));
        try { return await call(...args); } finally {
          form.inert = false;
          idle.forEach(one => one.removeAttribute('aria-disabled'));
          if (form.contains(at)) at.focus();
        }
      };
      // Says what follows before it is done.
      const ask = (words, label, act) => {
        const why = h('p', { id: 's' + ++serial }, words), yes = button(label, act, 'main', title);
        yes.setAttribute('aria-describedby', why.id);
        say.textContent = error.textContent = '';
        row.replaceChildren(h('div', { class: 'panel' }, why, h('p', { class: 'acts' }, yes, button(w.cancel, () => { calm(); home(); }, 'plain', title))));
        yes.focus();
      };
      const refuse = ({ status: code, body }) => {
        calm();
        home();
        if (code == 401) { error.textContent = w.ended; return signIn(); }
        if (code == 422 && body.errors) {
          const rows = body.errors.map(({ path: at }) => editor.row?.(at)).filter(Boolean);
          rows.forEach(one => { mark(one, w.refused); one.closest('details.item')?.setAttribute('open', ''); });
          rows[0]?.input.focus();
          error.replaceChildren(`${w.wrong(body.errors.length)} ${w.detail} `, h('span', { lang: 'en' }, body.errors.map(e => `${e.path} ${e.message}`).join(' ')));
          return;
        }
        error.textContent = code == 422 || code == 413 ? w.tooBig : code == 403 ? forbidden(body, w.notYours) : w.unsaved;
      };
      // Somebody was faster: both are kept, and a person says what counts.
      const faster = async (value, words, draft) => {
        const found = await calling(path);
        if (!found.ok) return refuse(found);
        const before = base, { by, at } = found.body;
        take(found.body);
        // The answer to the first try was lost, and it had been taken.
        if (words && instants({ ...base, ...last }) == instants(base)) return done(words, draft);
        show(value ? join ? join(plain(before), value, plain(base)) : value : draft || base);
        error.textContent = (!value ? w.movedNone : join ? w.moved : w.movedOne)(by, at ? w.day(moment(at)) : '');
        state.focus();
      };
      const done = (words, draft) => {
        show(draft || base);
        error.textContent = '';
        say.textContent = words;
        home();
      };
      const put = async (value, words, draft) => {
        error.textContent = say.textContent = '';
        // Sent again after a silence, it is the same to the second.
        // What a newer version of the hub stores and this page does not know stays as it is.
        if (JSON.stringify(value) != tried) [tried, last] = [JSON.stringify(value), { ...base, ...sent(value) }];
        const got = await calling(path, last, { 'If-Match': `"${etag}"` }, 'PUT');
        if (got.status == 412) return faster(draft === undefined && value, words, draft);
        if (!got.ok) return refuse(got);
        take(got.body);
        done(words, draft);
      };
      // A value that nobody typed: what stands in the form meanwhile stays there.
      const send = (value, words) => put(value, words, isDirty() ? editor.value() : null);
      const leave = async () => {
        error.textContent = say.textContent = '';
        const got = await calling(path, null, { 'If-Match': `"${etag}"` }, 'DELETE');
        last = null;
        if (got.status == 412) return faster(isDirty() ? editor.value() : null);
        if (!got.ok) return refuse(got);
        take(got.body);
        done(w.returned);
      };
      const saver = button(w.save, () => {
        say.textContent = error.textContent = '';
        if (!editor.check()) {
          form.querySelectorAll('[aria-invalid=true]').forEach(one => one.closest('details.item, details.more')?.setAttribute('open', ''));
          const wrong = form.querySelectorAll('[aria-invalid=true]');
          if (wrong.length) error.textContent = w.wrong(wrong.length);
          wrong[0]?.focus();
          return;
        }
        const value = editor.value();
        if (!isDirty()) { say.textContent = w.same; return; }
        if (isEmpty?.(value)) return ask(w.emptySure, w.backYes, leave);
        return put(value, w.saved);
      }, 'main', title);
      const drop = button(w.drop, () => {
        show(base);
        error.textContent = '';
        say.textContent = w.dropped;
        saver.focus();
      }, 'plain', title);
      // Who changed it and when, asked for once it is opened.
      const history = () => {
        const items = h('ul', {}), next = h('div', {}), wrong = h('p', { class: 'error', role: 'alert' });
        const read = async before => {
          const got = await call(path + '/versions' + (before ? '?before=' + before : ''));
          if (got.status == 401) return signIn();
          wrong.textContent = got.ok ? '' : w.history.unread;
          if (!got.ok) return next.replaceChildren(button(w.retry, () => read(before), '', historyTitle));
          const entries = got.body.items.map(one => h('li', {}, w.history.entry(one.version, moment(one.at)), w.history[one.what]?.(one.by), ...entry(one)));
          items.append(...entries);
          next.replaceChildren(got.body.next ? button(w.history.more, () => read(got.body.next), '', historyTitle) : items.firstChild ? '' : h('p', { class: 'soft' }, w.history.none));
        };
        return h('details', { ontoggle: event => { if (event.target.open && !items.firstChild && !next.firstChild) read(); } }, h('summary', {}, historyTitle), wrong, items, next);
      };
      const read = async () => {
        const got = await call(path);
        if (got.status == 401) { box.open = false; return signIn(); }
        if (!got.ok) return rest.replaceChildren(h('p', { role: 'alert' }, got.status == 403 ? w.notYours : w.unread), got.status == 403 ? '' : button(w.retry, read, '', title));
        rest.replaceChildren(h('p', { class: 'soft' }, w.whys[name]), state, form, say, error, row, past);
        take(got.body);
        show(base);
      };
      form.addEventListener('input', () => refresh());
      const box = h('details', { ontoggle: event => { if (event.target == box && box.open && !rest.firstChild) read(); } }, h('summary', {}, h('h2', {}, title)), rest);
      box.isDirty = isDirty;
      return box;
    };

    const noFreeze = { from: null, until: null, reason: null, publications: true, comments: null, sites: null };
    const sites = JSON.parse(document.body.dataset.sites || '{}');
    const isOver = ({ from, until }) => !from || (until && new Date(until) <= Date.now());
    const freeze = () => section('freeze', {
      now: value => {
        const f = w.freeze, { from, until } = value;
        if (isOver(value)) return [h('p', {}, from ? f.over(moment(until)) : f.off)];
        const begins = new Date(from) > Date.now();
        return [h('p', {}, h('strong', {}, begins ? until ? f.planned(moment(from), moment(until)) : f.plannedOpen(moment(from)) : until ? f.on(moment(until)) : f.open)),
          h('ul', {}, h('li', {}, f.does[value.comments || 'none'], value.comments && value.sites && ` ${f.of(value.sites.map(id => sites[id] || id).join(', '))}`), h('li', {}, value.publications ? f.posts : f.postsOn), value.reason && h('li', {}, f.reasonIs(value.reason)))];
      },
      edit: (stored, { error }) => {
        if (!hasClock) return { element: h('p', {}, w.freeze.noClock(zone)), value: () => stored, isShut: true };
        const f = w.freeze, value = stored.typed ? stored : isOver(stored) ? { ...noFreeze, comments: 'hold', fromDay: '', untilDay: '' } : { ...stored, fromDay: dayOf(stored.from), untilDay: stored.until ? dayOf(new Date(stored.until) - 1) : '' };
        const name = 'freeze' + ++serial, radios = ['hold', 'close', 'none'].map(one => choice('radio', name, f.choices[one], (value.comments || 'none') == one));
        // All of them are also those to come.
        const ids = Object.keys(sites), isAsked = ids.length > 1 || !!value.sites, boxes = ids.map(id => choice('checkbox', null, sites[id], !value.sites || value.sites.includes(id)));
        const chosen = group(f.sites, ...boxes, h('p', { class: 'error', id: 's' + ++serial }));
        const on = () => ids.filter((_, i) => boxes[i].input.checked);
        boxes.forEach(one => one.input.setAttribute('aria-describedby', chosen.lastChild.id));
        chosen.input = boxes[0]?.input;
        const publications = choice('checkbox', null, ids.length > 1 ? f.publicationsAll : f.publications, value.publications);
        const reason = text(f.reason, value.reason, f.reasonNote);
        const from = field(f.from, h('input', { type: 'date', min: '2000-01-01', max: '2100-12-31', value: value.fromDay }), f.fromNote), until = field(f.until, h('input', { type: 'date', min: '2000-01-01', max: '2100-12-31', value: value.untilDay, required: true }), f.untilNote);
        const comments = () => ['hold', 'close', null][radios.findIndex(one => one.input.checked)];
        return {
          element: h('div', {}, group(f.comments, ...radios), isAsked && chosen, publications, reason, from, until),
          value: () => ({ typed: true, kept: value.kept || (stored.typed ? null : { ...stored }), comments: comments(), sites: value.sites && on().length == value.sites.length && on().every(id => value.sites.includes(id)) ? value.sites : on().length == ids.length ? null : on(), publications: publications.input.checked, reason: reason.input.value.trim() || null, fromDay: from.input.value, untilDay: until.input.value }),
          check: () => {
            const bad = one => one.input.validity?.badInput || (one.input.value && !/^(20\d\d|2100)-/.test(one.input.value));
            const isRight = [
              !chosen.input || mark(chosen, comments() && !on().length && f.noSite),
              within(reason, 300, comments()),
              mark(from, bad(from) && f.badDay),
              mark(until, bad(until) ? f.badDay : !until.input.value ? w.needed : from.input.value > until.input.value ? f.before : until.input.value < dayOf(Date.now()) && f.past)
            ].every(Boolean);
            const isIdle = !comments() && !publications.input.checked;
            if (isRight && isIdle) { error.textContent = f.nothing; radios[0].input.focus(); }
            return isRight && !isIdle;
          },
          row: path => ({ '$.reason': reason, '$.from': from, '$.until': until })[path] || (path.startsWith('$.sites') && chosen.input && chosen)
        };
      },
      // A day that was not touched keeps the hour that it had.
      sent: ({ typed, kept, fromDay, untilDay, ...value }) => !typed ? value : {
        from: kept?.from && !isOver(kept) && fromDay == dayOf(kept.from) ? kept.from : fromDay ? startOf(fromDay) : new Date().toISOString(),
        until: kept?.until && !isOver(kept) && untilDay == dayOf(new Date(kept.until) - 1) ? kept.until : startOf(untilDay, 1),
        reason: value.reason, publications: value.publications, comments: value.comments, sites: value.sites?.length ? value.sites : null
      },
      acts: (value, { ask, send }) => isOver(value) ? [] : [button(w.freeze.end, () => ask(w.freeze.endSure, w.freeze.endYes, () => send(noFreeze, w.freeze.ended)), '', w.titles.freeze)]
    });

    // As the hub takes them: what a browser accepts, with a dot in the domain.
    const address = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
    const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
    // 5 January 2026 was a Monday.
    const weekday = day => new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 5 + week.indexOf(day))));
    const people = () => section('people', {
      isEmpty: value => !value.people.length,
      join: (before, mine, theirs) => ({ people: merged(before.people, mine.people, theirs.people) }),
      edit: (value, tools) => {
        const p = w.people;
        const list = several({
          ...tools, label: p.list, add: p.add, fresh: p.fresh, most: 50, blank: () => ({ name: '', email: '', teams: null, days: week.slice(0, 5), from: '08:00', to: '18:00', urgent: false }),
          make: person => {
            const rows = {
              name: text(p.name, person.name, null, true), email: field(p.email, h('input', { type: 'email', autocomplete: 'off', value: person.email, required: true })), teams: text(p.teams, person.teams, p.teamsNote),
              from: field(p.from, h('input', { type: 'time', value: person.from, required: true })), to: field(p.to, h('input', { type: 'time', value: person.to, required: true }))
            };
            const night = h('p', { class: 'soft', id: 's' + ++serial }, p.toNote);
            rows.to.input.setAttribute('aria-describedby', `${rows.to.input.getAttribute('aria-describedby')} ${night.id}`);
            const days = week.map(day => choice('checkbox', null, weekday(day), person.days.includes(day))), urgent = choice('checkbox', null, p.urgent, person.urgent);
            const chosen = () => week.filter((_, i) => days[i].input.checked);
            return {
              rows, body: [rows.name, rows.email, rows.teams, group(p.days, h('div', { class: 'choices' }, ...days)), h('div', { class: 'pair' }, rows.from, rows.to), night, urgent], first: () => rows.name.input,
              title: () => rows.name.input.value.trim(),
              facts: () => {
                const on = chosen(), said = on.length == 7 ? p.always : same(on, week.slice(0, 5)) ? p.week : on.map(weekday).join(', ');
                return `${on.length ? p.hours(said, rows.from.input.value, rows.to.input.value) : p.never}${urgent.input.checked ? `, ${p.also}` : ''}`;
              },
              value: () => ({ ...person, name: rows.name.input.value.trim(), email: rows.email.input.value.trim(), teams: rows.teams.input.value.trim() || null, days: chosen(), from: rows.from.input.value, to: rows.to.input.value, urgent: urgent.input.checked }),
              check(others) {
                const email = rows.email.input.value.trim(), isTwice = others.slice(0, others.indexOf(this)).some(one => one.rows.email.input.value.trim().toLowerCase() == email.toLowerCase());
                return [
                  within(rows.name, 120, true),
                  mark(rows.email, !email ? w.needed : !address.test(email) || email.length > 254 ? p.badEmail : isTwice && p.twice),
                  within(rows.teams, 254),
                  mark(rows.from, !rows.from.input.value && p.badTime),
                  mark(rows.to, !rows.to.input.value ? p.badTime : rows.to.input.value == rows.from.input.value && p.sameTime)
                ].every(Boolean);
              }
            };
          }
        }, value.people);
        return { element: list.element, value: () => ({ people: list.value() }), check: list.check, row: path => rowOf(path, { people: list }) };
      }
    });
    const rowOf = (path, lists) => {
      const [, list, index, member] = path.match(/^\$\.(\w+)\[(\d+)\](?:\.(\w+))?/) || [], rows = lists[list]?.items[index]?.rows;
      return rows?.[member || 'text'];
    };

    const playbook = () => section('playbook', {
      isEmpty: value => !value.call.length && !value.steps.length && !value.answers.length,
      join: (before, mine, theirs) => Object.fromEntries(['call', 'steps', 'answers'].map(list => [list, merged(before[list], mine[list], theirs[list])])),
      edit: (value, tools) => {
        const p = w.playbook, common = { ...tools, most: 10 };
        const call = several({
          ...common, label: p.call, add: p.addCall, fresh: p.freshCall, blank: () => ({}),
          make: contact => {
            const rows = { name: text(p.name, contact.name, null, true), phone: field(p.phone, h('input', { type: 'tel', autocomplete: 'off', value: contact.phone || '' }), p.phoneNote), when: text(p.when, contact.when) };
            return {
              rows, body: Object.values(rows), first: () => rows.name.input, title: () => rows.name.input.value.trim(), facts: () => rows.phone.input.value.trim(),
              value: () => ({ ...contact, name: rows.name.input.value.trim(), phone: rows.phone.input.value.trim() || null, when: rows.when.input.value.trim() || null }),
              check: () => [within(rows.name, 120, true), within(rows.phone, 40), within(rows.when, 200)].every(Boolean)
            };
          }
        }, value.call);
        const steps = several({
          ...common, label: p.steps, add: p.addStep, fresh: p.addStep, open: true, blank: () => '',
          make: step => {
            const rows = { text: area(p.step(1), step, 3) };
            let up, down, at = 1;
            return {
              rows, body: [rows.text], first: () => rows.text.input, title: () => p.step(at), value: () => rows.text.input.value.trim().replace(/\s*\n\s*/g, ' '),
              check: () => within(rows.text, 500, true, false),
              acts: item => [up = button(p.up, () => item.move(-1), 'plain'), down = button(p.down, () => item.move(1), 'plain')],
              placed(i, n) {
                at = i + 1;
                rows.text.querySelector('label').textContent = p.step(at);
                up.hidden = !i;
                down.hidden = i == n - 1;
                for (const [one, words] of [[up, p.up], [down, p.down], [this.remove, w.remove]]) one.setAttribute('aria-label', `${words} : ${p.step(at)}`);
              }
            };
          }
        }, value.steps);
        const answers = several({
          ...common, label: p.answers, add: p.addAnswer, fresh: p.freshAnswer, blank: () => ({}),
          make: answer => {
            const rows = { title: text(p.title, answer.title, null, true), text: area(p.text, answer.text, 6, p.textNote) };
            return {
              rows, body: Object.values(rows), first: () => rows.title.input, title: () => rows.title.input.value.trim(),
              value: () => ({ ...answer, title: rows.title.input.value.trim(), text: rows.text.input.value.trim() }),
              check: () => [within(rows.title, 120, true), within(rows.text, 4000, true, false)].every(Boolean)
            };
          }
        }, value.answers);
        return {
          element: h('div', {}, call.element, steps.element, answers.element), value: () => ({ call: call.value(), steps: steps.value(), answers: answers.value() }),
          check: () => [call, steps, answers].map(list => list.check()).every(Boolean), row: path => rowOf(path, { call, steps, answers })
        };
      }
    });

    // As the hub finds the articles in the charter's text: a paragraph that begins so.
    const numbered = /^Article[ \u00A0]([A-Za-z0-9](?:[A-Za-z0-9.-]{0,8}[A-Za-z0-9])?)(?![A-Za-z0-9])/i, longestCharter = 10000;
    const numberOf = words => words.match(numbered)?.[1];
    // An article goes as far as the next one begins.
    const articlesOf = words => words.replace(/\r\n?/g, '\n').split('\n\n').map(part => part.trim()).filter(Boolean).reduce((all, part) => numberOf(part) || !all.length ? [...all, part] : [...all.slice(0, -1), `${all.at(-1)}\n\n${part}`], []);
    const charter = () => section('charter', {
      isEmpty: value => !value.text,
      join: (before, mine, theirs) => ({
        text: merged(articlesOf(before.text), articlesOf(mine.text), articlesOf(theirs.text)).join('\n\n'),
        articles: Object.fromEntries(Object.entries({ ...before.articles, ...theirs.articles, ...mine.articles }).map(([reason]) => [reason, mine.articles[reason] == before.articles[reason] ? theirs.articles[reason] : mine.articles[reason]]).filter(([, article]) => article))
      }),
      now: (value, { version }) => [h('p', {}, version ? [h('strong', {}, w.charter.version(version)), ' '] : '', h('a', { href: '/api/v1/charter.html', target: '_blank', rel: 'noopener' }, w.charter.page))],
      historyTitle: w.charter.history,
      entry: ({ version }) => {
        const shown = h('div', {}), wrong = h('span', { class: 'error', role: 'alert' }), about = w.charter.about(version);
        const opener = button(w.charter.read, async () => {
          wrong.textContent = '';
          if (shown.firstChild) return close();
          const got = await call('/api/v1/charter?version=' + version);
          if (!got.ok) { wrong.textContent = w.charter.unread; return; }
          shown.replaceChildren(h('blockquote', { class: 'raw' }, got.body.text));
          name(w.charter.close, true);
        }, 'plain', about);
        const name = (words, isOpen) => {
          opener.textContent = words;
          opener.setAttribute('aria-label', `${words} : ${about}`);
          opener.setAttribute('aria-expanded', isOpen);
        };
        const close = () => { shown.replaceChildren(); name(w.charter.read, false); };
        name(w.charter.read, false);
        return [' ', opener, wrong, shown];
      },
      edit: (value, tools) => {
        const c = w.charter, selects = {}, uncited = h('p', { class: 'soft uncited' }), numbersIn = words => articlesOf(words).map(numberOf).filter(Boolean), whole = () => list.value().join('\n\n');
        let list;
        const options = () => {
          if (!list) return;
          const known = articlesOf(whole()).map(one => [numberOf(one), one.split('\n')[0]]).filter(([number]) => number);
          for (const row of Object.values(selects)) {
            const now = row.input.value;
            row.input.replaceChildren(h('option', { value: '' }, c.whole), ...known.map(([number, line]) => h('option', { value: number }, line.length > 70 ? line.slice(0, 69) + '…' : line)), now && !known.some(([number]) => number == now) ? h('option', { value: now }, c.absent(now)) : '');
            row.input.value = now;
          }
          tell();
        };
        const tell = () => {
          const names = Object.values(selects).filter(row => !row.input.value).map(row => row.querySelector('label').textContent);
          uncited.textContent = names.length ? c.uncited(names.join(', ')) : '';
          uncited.hidden = !names.length;
        };
        list = several({
          ...tools, changed: () => { options(); tools.changed(); }, label: c.list, add: c.add, fresh: c.fresh, most: 200,
          blank: all => c.start(Math.max(0, ...all.map(one => Number(numberOf(one)) || 0)) + 1),
          make: words => {
            const rows = { text: area(c.article, words, 8, c.articleNote) };
            return {
              rows, body: [rows.text], first: () => rows.text.input, title: () => rows.text.input.value.trim().split('\n')[0].slice(0, 100), facts: () => numberOf(rows.text.input.value.trim()) ? '' : `(${c.plain})`,
              value: () => rows.text.input.value.trim().replace(/\r\n?/g, '\n').replace(/\n\s*\n/g, '\n\n'),
              check(others) {
                const before = others.slice(0, others.indexOf(this)).flatMap(one => numbersIn(one.value())), twice = numbersIn(this.value()).find((number, i, own) => before.includes(number) || own.indexOf(number) < i);
                return mark(rows.text, !this.value() ? w.needed : twice && c.twice(twice));
              }
            };
          }
        }, articlesOf(value.text));
        for (const [code, label] of [...reasons().map(one => [one.code, one.label]), ...Object.keys(value.articles).filter(code => !reasons().some(one => one.code == code)).map(code => [code, code])]) {
          selects[code] = field(label, h('select', {}, h('option', { value: value.articles[code] || '' })));
        }
        options();
        const element = h('div', {}, list.element, uncited, h('details', { class: 'more' }, h('summary', {}, h('h3', {}, c.cited)), h('div', { class: 'inside' }, ...Object.values(selects))));
        element.addEventListener('input', event => (event.target.localName == 'textarea' ? options : tell)());
        return {
          element, value: () => ({ text: whole(), articles: Object.fromEntries(Object.entries(selects).map(([code, row]) => [code, row.input.value]).filter(([, article]) => article).sort(([a], [b]) => a < b ? -1 : 1)) }),
          check: () => {
            const known = numbersIn(whole());
            const isRight = [list.check(), ...Object.values(selects).map(row => mark(row, row.input.value && list.items.length && !known.includes(row.input.value) && c.choose))].every(Boolean);
            if (isRight && whole().length > longestCharter) { tools.error.textContent = c.total(whole().length, longestCharter); return false; }
            return isRight;
          },
          row: path => path == '$.text' ? list.items[0]?.rows.text : selects[path.match(/^\$\.articles\.(?:\["?)?([\w-]+)/)?.[1]]
        };
      }
    });

    return [freeze(), people(), playbook(), charter()];
  };
})();
