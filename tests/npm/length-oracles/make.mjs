// Remakes the expected lengths and facets of a few hundred French texts:
//   npm ci && node make.mjs        (in this folder, Node 22; the packages may also lie elsewhere: PEER_MODULES=folder)
// Mastodon: twitter-text's extractor with schemes required, and grapheme clusters (status_length_validator.rb).
// Bluesky: @atproto/api RichText.
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const require = createRequire(path.join(process.env.PEER_MODULES ?? here, 'node_modules', 'x.js'))
const twitter = require('twitter-text')
const { RichText } = require('@atproto/api')

// A generator with a fixed seed: the same texts on every machine.
let seed = 20270328
const random = n => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return Math.floor(seed / 65536) % n }
const pick = list => list[random(list.length)]

const words = ['Conseil', 'municipal', 'à', 'la', 'médiathèque', 'Été', 'L’été', 'l\u2019école', 'cœur', 'Noe\u0308l', 'e\u0301te\u0301', 'Saint-Exemple', 'n°', '12', 'rue', 'des', 'Bégonias', '«\u00a0Fête', 'votive\u00a0»', ':', '–', '…', 'ouvert', 'dès', '8\u00a0h\u00a030', '10\u202f000', '€', 'enquête', 'publique', 'déchèterie', 'marché', 'aujourd’hui', 'piscine', 'inscriptions', 'travaux', 'tél.', '01 23 45 67 89', 'place', 'Où ?', 'Çà', 'ŒUVRES', 'naïf', '²', '№', '①', '→']
const emoji = ['🎉', '👨‍👩‍👧‍👦', '🇫🇷', '👍🏽', '❤️', '🏳️‍🌈', '1️⃣', '🧑‍🚒', '☀️', '🚲']
const links = ['https://www.saint-exemple.fr/actualites/conseil-du-12-mars', 'http://mairie.fr', 'https://mairie.fr/', 'https://mairie.fr/actu?id=12&lang=fr', 'https://mairie.fr/actu#suite', 'https://mairie.bzh/fête/été', 'https://a.paris', 'https://spip.mairie.fr/spip.php?article12', 'https://fr.wikipedia.org/wiki/Saint_(homonymie)', 'https://exemple.re:8080/a/b/c.html', 'https://mairie.example/a', 'https://xn--mairie-dva.fr/x', 'https://mairie.fr/?utm_source=mastodon&utm_medium=social&utm_id=0abc', 'https://mairie.eu/a_b-c~d', 'https://mairie.alsace/agenda/2027/03/28/']
const bare = ['mairie.fr', 'mairie.fr/actu', 'www.mairie.fr', 'etc.la', 'M.Dupont', 'contact@mairie.fr', 'doc.pdf', 'mairie.bzh']
const mentions = ['@prefecture', '@prefecture@social.gouv.fr', '@a.b@mastodon.social', '(@ville@exemple.fr)', 'x@y', '@école', '@ville@exemple.fr.']
const tags = ['#SaintExemple', '#Été2027', '#2026', '#Café-concert', '#vie_locale', '#été!', '#', '##double', '#❤️', '#l’été', '(#non)', '#Noe\u0308l,']
const ends = ['', '.', ',', ' !', '\u00a0!', ')', '…', '\n', '\n\n', ' ;', '»', '?']
const wrap = s => random(6) === 0 ? `(${s})` : s

const texts = [
  '', ' ', 'a', 'é', 'e\u0301', '👨‍👩‍👧‍👦', 'Bonjour 🎉 https://mairie.example/a).', 'L’été : voir mairie.fr/actu, merci', '#Café-concert le 3/12 #2026 #été!', '(https://a.fr/x_(y))', 'https://a.fr/é?x=1…',
  'https://mairie.fr.', 'https://mairie.fr/a.', 'https://mairie.fr/a,b', 'xhttps://mairie.fr', '@https://mairie.fr', '«https://mairie.fr/a»', 'https://mairie.fr/a»', '“https://mairie.fr/a”', 'https://mairie.fr/a\u00a0: suite', 'https://mairie.fr/a\u202f!', 'https://mairie.fr?x=1', 'https://mairie.fr/?', 'https://mairie.fr/a?b=c.', 'HTTPS://MAIRIE.FR/A', 'https://https://mairie.fr', 'https://mairie.fr/a https://mairie.fr/a', 'https://mairie.fr/@ville/12', 'https://-mairie.fr/', 'https://ma_irie.mairie.fr/', 'https://mairie.fr:80', 'https://mairie.fr/%C3%A9t%C3%A9', 'https://mairie.fr/été', 'https://mairie.fr/a|b', "https://mairie.fr/l'ete", 'https://mairie.fr/a[1]', 'https://mairie.fr/(a(b)c)', 'https://mairie.fr/a*b!', 'https://mairie.fr\u200b/a', 'voir:https://mairie.fr', '/https://mairie.fr', '@a @b@c.fr @d@e', '@a@b.fr@c.fr', 'RT @a: @b', 'https://mairie.fr/@a@b.fr', '=@a@b.fr', 'é@a@b.fr', '@aé', '@a@bé.fr', '@a://b', '@@a', '@a@', '@a.b', '@a.', '@a_b@c-d.fr',
]
for (let i = 0; i < 500; i++) {
  const parts = []
  for (let n = 1 + random(random(4) === 0 ? 60 : 14); n > 0; n--) {
    const k = random(20)
    parts.push(k < 13 ? pick(words) : k === 13 ? pick(emoji) : k < 16 ? wrap(pick(links)) + pick(ends) : k === 16 ? wrap(pick(bare)) + pick(ends) : k === 17 ? pick(mentions) : pick(tags))
  }
  texts.push(parts.join(random(12) === 0 ? '\n' : ' '))
}

const graphemes = text => [...new Intl.Segmenter('fr', { granularity: 'grapheme' }).segment(text)].length

// Account::MENTION_RE and Twitter::TwitterText::Regex[:end_mention_match] of Mastodon 4.6.
const word = '\\p{L}\\p{M}\\p{N}\\p{Pc}'
const mention = new RegExp(`(?<![=/${word}])@(([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)(?:@[${word}.-]+[${word}]+)?)`, 'giu')
const endMention = new RegExp(`^(?:[@＠]|[\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\xFF\\u0100-\\u024F\\u0253\\u0254\\u0256\\u0257\\u0259\\u025B\\u0263\\u0268\\u026F\\u0272\\u0289\\u028B\\u02BB\\u0300-\\u036F\\u1E00-\\u1EFF]|://)`)

function mastodon (text) {
  const entities = twitter.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false }).map(u => ({ indices: u.indices, as: 'x'.repeat(23) }))
  for (const m of text.matchAll(mention)) {
    if (endMention.test(text.slice(m.index + m[0].length))) continue
    entities.push({ indices: [m.index, m.index + m[0].length], as: '@' + m[1].split('@')[0] })
  }
  entities.sort((a, b) => a.indices[0] - b.indices[0])
  let out = ''; let at = 0
  for (const e of entities) {
    if (e.indices[0] < at) continue
    out += text.slice(at, e.indices[0]) + e.as
    at = e.indices[1]
  }
  return graphemes(out + text.slice(at))
}

function bluesky (text) {
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  const facets = (rich.facets ?? []).map(f => ({ start: f.index.byteStart, end: f.index.byteEnd, link: f.features[0].uri, tag: f.features[0].tag, mention: f.features[0].did }))
  return { graphemes: rich.graphemeLength, bytes: rich.length, facets: facets.filter(f => !f.mention).map(({ mention: _, ...f }) => f).sort((a, b) => a.start - b.start) }
}

const folder = path.join(here, '..', '..', 'SocialHub.Tests', 'Publishing', 'Oracles')
const lines = list => '[\n' + list.map(x => '  ' + JSON.stringify(x)).join(',\n') + '\n]\n'
writeFileSync(path.join(folder, 'mastodon.json'), lines(texts.map(text => ({ text, length: mastodon(text) }))))
writeFileSync(path.join(folder, 'bluesky.json'), lines(texts.map(text => ({ text, ...bluesky(text) }))))
console.log(`${texts.length} texts`)
