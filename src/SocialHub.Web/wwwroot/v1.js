// SocialHub widgets 1: <social-feed feed> and <comment-thread site>.
// What they hold works without script and is replaced once the hub answered. Nothing is stored before the visitor acts.
// Written small: both files together are at most 6 kB gzipped, and a test holds that.
(() => {
  const hub = (document.currentScript || document.querySelector('script[src*="/widgets/"][src*="v1.js"]')).src.split('/widgets/')[0];
  // What may be needed before the hub has answered; the words of a thread come with the thread.
  const texts = {
    fr: {
      none: 'Aucune publication pour le moment.', down: 'Contenu indisponible pour le moment.', retry: 'Réessayer', see: 'Voir sur ', also: 'Aussi sur ', pinned: 'Épinglé'
    },
    en: {
      none: 'No posts yet.', down: 'Not available at the moment.', retry: 'Try again', see: 'View on ', also: 'Also on ', pinned: 'Pinned'
    }
  };

  let serial = 0;
  const h = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const key in attributes) {
      const value = attributes[key];
      // html is what the hub sanitised
      if (/^on|html|value/i.test(key)) element[key] = value;
      else if (value) element.setAttribute(key, value);
    }
    element.append(...children.flat().filter(child => child));
    return element;
  };
  const button = (text, onclick, about) => h('button', { type: 'button', onclick, 'aria-label': about && `${text} : ${about}` }, text);
  // 128 bits in base64url
  const random = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).replace(/[+/]/g, c => c == '+' ? '-' : '_').slice(0, 22);
  const call = async (path, body) => {
    const answer = await fetch(`${hub}/api/v1/${path}`, {
      signal: AbortSignal.timeout(15e3), ...body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    });
    const json = await answer.json().catch(() => ({}));
    if (answer.ok) return json;
    throw { ...json, status: answer.status };
  };
  // storage may be forbidden: then nothing is remembered
  const store = (kind, use) => {
    try { return use(window[kind + 'Storage']); } catch { }
  };

  class HubElement extends HTMLElement {
    async connectedCallback() {
      if (this.t) return;
      this.l = (this.closest('[lang]')?.lang || 'fr').replace(/_/g, '-');
      // fr_FR is meant well, and what is no language at all dates nothing
      try { new Intl.Locale(this.l); } catch { this.l = 'fr'; }
      this.t = texts[this.l.slice(0, 2)] || texts.fr;
      document.querySelector(`link[rel=stylesheet][href^="${hub}/widgets/"]`) || document.head.append(h('link', { rel: 'stylesheet', href: hub + '/widgets/v1.css' }));
      if (document.readyState == 'loading') await new Promise(go => addEventListener('DOMContentLoaded', go));
      this.start();
    }
    async start() {
      try {
        await this.load();
      } catch {
        // what the page holds stays
        this.down?.remove();
        this.append(this.down = h('div', {}, h('p', { role: 'status' }, this.t.down), button(this.t.retry, () => this.start())));
      }
    }
    date(value) {
      return h('time', { datetime: value }, new Intl.DateTimeFormat(this.l, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(value)));
    }
    get(name) {
      return this.getAttribute(name) || '';
    }
  }

  customElements.define('social-feed', class extends HubElement {
    async load() {
      const { t } = this, { items } = await call(`feeds/${this.get('feed')}?network=${this.get('network')}`);
      this.replaceChildren(items.length ? h('ul', { class: 'sh-list' }, items.slice(0, this.get('max') || 9).map(post => {
        const { network = '', alsoOn = [], pinned, title } = post._socialhub, when = this.date(post.date_published);
        const link = (url, name, before) => h('a', { href: url, 'aria-label': before && `${before}${name}, ${when.textContent}` }, before, name);
        const label = (name, url) => ({ linkedin: 'LinkedIn', youtube: 'YouTube', web: new URL(url).host })[name] || name[0].toUpperCase() + name.slice(1);
        return h('li', { class: 'sh-item' },
          h('p', { class: 'sh-by' }, h('strong', {}, title || label(network, post.url)), when, pinned && h('b', {}, t.pinned)),
          h('div', { lang: post.language }, post.title && h('h' + (this.get('level') || 3), {}, post.title), h('div', { class: 'sh-text', innerHTML: post.content_html })),
          h('p', { class: 'sh-by' }, link(post.url, label(network, post.url), t.see), alsoOn.map(({ network, url }) => link(url, label(network, url), t.also))));
      })) : t.none);
    }
  });

  customElements.define('comment-thread', class extends HubElement {
    // by id: what asks next how an own comment fares
    timers = {};
    ask(rest, body, query = '') {
      return call(`sites/${this.get('site')}/comments${rest}?lang=${this.l}${query}`, body);
    }
    async load() {
      const level = +this.get('level') || 2;
      this.page = this.get('page') || document.querySelector('link[rel=canonical]')?.href || location.href.split('#')[0];
      const thread = await this.read(), typed = [...this.querySelectorAll('[name]')], t = { ...this.t, ...thread.words };
      this.t = t;
      // a page in a language that the hub does not speak
      if (!this.l.startsWith(t.lang)) this.lang = this.l = t.lang;
      // own comments: id -> author key
      this.own = {};
      this.items = {};
      store('local', disk => Object.keys(disk).map(key => key.startsWith(this.mark('')) && (this.own[key.slice(this.mark('').length)] = this.key = disk[key])));
      this.replaceChildren(
        this.head = h('h' + level, { tabindex: -1 }),
        this.none = h('p', {}, t.none), this.list = h('ol', { class: 'sh-list' }), this.more = button(t.more, () => this.next()), this.status = h('p', { class: 'sh-say', role: 'status' }),
        h('h' + (level + 1), {}, thread.open ? t.write : t.closed), thread.notice ? h('p', { class: 'sh-say' }, thread.notice) : thread.open && thread.policy != 'a-posteriori' ? h('p', {}, t.first) : '',
        h('p', { class: 'sh-by' }, this.link('charter.html', t.rules), this.link('charter.html#sh-data', t.data), this.way()), (this.open = thread.open) ? this.form = this.writing() : '');
      this.count(thread.count);
      this.show(thread);
      for (const { name, value } of typed) if (value && this.form?.[name]) this.form[name].value = value;
      for (const id in this.own) this.refresh(id);
    }
    link(path, text) {
      return h('a', { href: `${hub}/api/v1/${path}` }, text);
    }
    // to what was written with a code, from any device
    way() {
      return this.link(`sites/${this.get('site')}/author.html`, this.t.use);
    }
    count(n) {
      this.head.textContent = `${this.t.comments} (${this.n = n})`;
    }
    // where the author's key of one comment is kept, if the author asks
    mark(id) {
      return `socialhub ${this.page} ${id}`;
    }
    read(after = '') {
      return this.ask('', 0, `&page=${encodeURIComponent(this.page)}${after}`);
    }
    async next() {
      try {
        const thread = await this.read('&after=' + encodeURIComponent(this.after));
        this.show(thread);
        this.items[thread.comments[0]?.id]?.focus();
      } catch {
        this.say(this.t.down);
      }
    }
    show({ comments, next }) {
      comments.map(comment => this.put(comment));
      this.more.hidden = !(this.after = next);
    }
    say(words) {
      this.status.textContent = words;
    }
    // one comment in its place, or anew where it stands; its author also sees the state
    put(comment) {
      const { t } = this, { id, name, state, published, statement } = comment, old = this.items[id], authorKey = this.own[id], acts = h('p', { class: 'sh-by' });
      const open = (text, make) => {
        const opener = button(text, () => {
          item.sheet?.remove();
          const close = words => { item.sheet.remove(); opener.focus(); words && this.say(words); };
          acts.after(item.sheet = make(close));
          item.sheet[0].focus();
        }, name);
        acts.append(opener);
      };
      const hidden = state && state != 'published', item = this.items[id] = h('li', { class: 'sh-item', id: 'sh-' + id, tabindex: -1 },
        h('p', { class: 'sh-by' }, h('strong', {}, name), comment.official && h('b', {}, t.official), published && this.date(published), comment.edited && t.edited),
        (hidden || comment.proposal) && h('p', { class: 'sh-say' }, comment.message, comment.refusal && ` ${t.motive}${comment.refusal}.`, !comment.mayReword && comment.reasons?.map(r => ' ' + r.reason)),
        statement?.html && h('p', { class: 'sh-say', innerHTML: statement.html }),
        h('div', { class: 'sh-text', innerHTML: comment.mayReword?.html || comment.html }), acts,
        authorKey && h('details', { open: !store('local', disk => disk[this.mark(id)]) }, h('summary', {}, t.code), h('p', { class: 'sh-by' }, h('code', {}, authorKey), navigator.clipboard && button(t.copy, () => navigator.clipboard.writeText(authorKey).then(() => this.say(t.copied), () => 0))), h('p', {}, t.keep), this.way()),
        old?.lastChild || h('ol', { class: 'sh-list' }));
      // a thread holds only what is public, and does not say so
      item.state = state || 'published';
      if (this.open && !hidden && !(comment.depth > 1)) open(t.reply, close => this.writing(id, close));
      // a form whose answer is told, and then shown
      const sheet = (fields, path, bodyOf = values => values) => close => this.sheet(fields, async values => {
        try {
          close((await this.ask(`/${id}/${path}`, { authorKey, ...bodyOf(values) })).message);
        } catch (problem) {
          // from another page or device: the next try is about the text that is there now, and says so
          if (/text-changed$/.test(problem.type)) {
            const { text, revision } = await this.ask(`/${id}/view`, { authorKey });
            comment.revision = revision;
            problem.notice = t.moved + text;
          }
          throw problem;
        }
        this.refresh(id);
      }, close);
      if (!authorKey) comment.official || open(t.report, sheet([['why', 'textarea', 1, 'reason'], ['illegal', 'checkbox'], ['abuse', 'checkbox'], ['who', 'text', 0, 'name'], ['email', 'email'], ['faith', 'checkbox']], 'reports', ({ illegal, abuse, faith, ...said }) => ({ kind: abuse ? 'child-abuse' : illegal && 'illegal', goodFaith: faith, ...said })));
      else comment.mayObject && open(t.object, sheet([['objection', 'textarea', 1, 'reason']], 'objections'));
      if (authorKey && state != 'rejected') {
        // Held for words alone: its author is asked for others, once.
        comment.text && open(comment.mayReword ? t.reword : t.edit, sheet([['text', 'textarea', 1, 'text', comment.text]], 'edit', ({ text }) => ({ text, revision: comment.revision })));
        const act = (text, path, sure, done) => acts.append(button(text, async () => {
          if (!sure || confirm(sure)) try {
            done(await this.ask(`/${id}/${path}`, { authorKey }));
          } catch ({ notice }) {
            this.say(notice || t.failed);
          }
        }, name));
        comment.mayReword && act(t.asis, 'keep', 0, ({ message }) => {
          this.say(message);
          this.refresh(id);
        });
        act(t.withdraw, 'withdraw', t.sure, () => this.drop(id, t.withdrawn));
      }
      const focused = old?.contains(document.activeElement);
      old ? old.replaceWith(item) : (this.items[comment.parent]?.lastChild || this.list).append(item);
      focused && item.focus();
      this.none.hidden = 1;
      return item;
    }
    // one comment goes, its answers stay in its place
    drop(id, words) {
      const item = this.items[id], focused = item?.contains(document.activeElement);
      store('local', disk => disk.removeItem(this.mark(id)));
      item?.replaceWith(...item.lastChild.children);
      delete this.items[id];
      delete this.own[id];
      item?.state == 'published' && this.count(this.n - 1);
      this.none.hidden = this.list.firstChild;
      this.say(words);
      focused && this.head.focus();
    }
    // asks how the author's comment fares, ever more slowly, until it is decided
    async refresh(id, wait = 2e3) {
      if (!this.isConnected || !this.own[id]) return;
      try {
        const view = await this.ask(`/${id}/view`, { authorKey: this.own[id] }), { state, revision, message } = view, item = this.items[id];
        // withdrawn while we asked
        if (!this.own[id]) return;
        if (/^[we]/.test(state)) return this.drop(id, '');
        // never under the author's hands
        if (!item?.sheet?.isConnected) {
          // what becomes of a change of a public text is told by the words alone
          const now = revision + message;
          if (item?.now != now) {
            this.put(view).now = now;
            if (item && (item.now || item.state != state)) this.say(message);
            if (item && item.state != state && state == 'published') this.count(this.n + 1);
          }
          if (!/received|held/.test(state + view.proposal?.state)) return;
        }
      } catch ({ status, notice }) {
        if (status == 404 || status == 410) {
          // perhaps all that was written with its key: that key writes no more
          if (this.own[id] == this.key) this.key = 0;
          return this.drop(id, notice);
        }
      }
      clearTimeout(this.timers[id]);
      this.timers[id] = setTimeout(() => this.refresh(id, Math.min(wait * 1.3, 6e4)), wait);
    }
    // a new comment, or a reply
    writing(parent, close) {
      const started = new Date(), draft = this.mark(parent || '');
      let last, idempotencyKey;
      const deliver = (values, again) => {
        const body = { page: this.page, parent, started, authorKey: this.key ||= random(), ...values }, now = JSON.stringify(body);
        // the same text sent again is the same comment
        if (now != last) idempotencyKey = random();
        last = now;
        return this.ask('', { ...body, idempotencyKey }).catch(problem => {
          // its owner had everything of this key erased, on another page or device: a new one writes
          if (again || !/author-erased$/.test(problem.type)) throw problem;
          this.key = 0;
          return deliver(values, 1);
        });
      };
      const form = this.sheet([['text', 'textarea', 1, 'text', store('session', disk => disk[draft])], ['name', 'text', 1], ['email', 'email'], ['remember', 'checkbox'], ['website', 'text'], this.t.mine && ['mine', 'text', 0, 'authorKey']], async ({ remember, ...values }) => {
        const { id, state, message } = await deliver(values);
        store('session', disk => disk.removeItem(draft));
        this.own[id] = this.key = values.authorKey || this.key;
        remember && store('local', disk => disk[this.mark(id)] = this.key);
        form.text.value = '';
        const item = this.put({ id, parent, name: values.name, state, message, html: '' });
        item.querySelector('.sh-text').textContent = values.text;
        close?.();
        this.say(message);
        item.focus();
        this.refresh(id);
      }, close);
      form.website.parentNode.hidden = 1;
      form.text.oninput = () => store('session', disk => disk[draft] = form.text.value);
      return form;
    }
    // a form of [word of its label, type, required, name, value]: errors stand beside their fields, a failure keeps what was written
    sheet(fields, send, close) {
      const { t } = this, alert = h('p', { class: 'sh-error', role: 'alert' });
      const inputs = fields.filter(child => child).map(([word, type, required, name = word, value = '']) => {
        const id = 'sh' + ++serial, area = type == 'textarea';
        const input = h(area ? type : 'input', { id, name, type: !area && type, required, value, rows: 5, 'aria-describedby': id + 'e', autocomplete: /name|email/.test(name) && name });
        const label = h('label', { for: id }, t[word], required && ` (${t.must})`), error = h('p', { class: 'sh-error', id: id + 'e' });
        input.row = h('div', { class: 'sh-field' }, type == 'checkbox' ? [input, label] : [label, input], error);
        input.wrong = words => {
          error.textContent = words;
          input.ariaInvalid = !!words;
          return words;
        };
        input.wrong('');
        return input;
      });
      return h('form', {
        class: 'sh-form', noValidate: 'on',
        onsubmit: async event => {
          event.preventDefault();
          const form = event.target;
          alert.textContent = '';
          const wrong = inputs.filter(input => {
            const over = input.value.length - (input.name == 'name' ? 60 : 4e3);
            return input.wrong(input.required && !input.value.trim() ? t.empty : over > 0 ? t.long + over : input.validity.typeMismatch ? t.bad : '');
          });
          if (wrong[0]) return wrong[0].focus();
          if (form.ariaBusy) return;
          form.ariaBusy = true;
          const values = {};
          for (const { name, value, checked } of inputs) if (checked || value.trim()) values[name] = value.trim() || checked;
          try {
            await send(values);
          } catch ({ type = '', notice }) {
            const input = inputs.find(({ name }) => type.includes(name + '-'));
            if (input) input.wrong(notice || t.bad), input.focus();
            else alert.textContent = notice || t.failed;
          }
          form.ariaBusy = null;
        }
      }, inputs.map(input => input.row), alert, h('p', { class: 'sh-by' }, h('button', {}, t.send), close && button(t.cancel, () => close())));
    }
  });
})();
