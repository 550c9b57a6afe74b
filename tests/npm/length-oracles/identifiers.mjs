// Remakes what @atproto/syntax says of identifiers and moments, well-formed ones and such with a slip:
//   npm ci && node identifiers.mjs        (in this folder, Node 22; the packages may also lie elsewhere: PEER_MODULES=folder)
// The published cases of the protocol are no package; these stand in every checkout.
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const require = createRequire(path.join(process.env.PEER_MODULES ?? here, 'node_modules', 'x.js'))
const syntax = await import(pathToFileURL(require.resolve('@atproto/syntax')))

// A generator with a fixed seed: the same cases on every machine.
let seed = 20271031
const random = n => { seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff; return Math.floor(seed / 65536) % n }
const pick = list => list[random(list.length)]
const of = (alphabet, least, most) => { let text = ''; for (let n = least + random(most - least + 1); n > 0; n--) text += pick(alphabet); return text }
const [lower, digits, alnum] = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789']
const two = n => String(n).padStart(2, '0')

const label = () => of(alnum, 1, 1) + (random(3) ? of(alnum + '-', 0, 12) + of(alnum, 1, 1) : '')
const handle = () => [...Array(1 + random(3))].map(label).join('.') + '.' + pick(['fr', 'test', 'bsky.social', 'ville', 'Example', 'paris', 'xn--p1ai'])
const did = () => pick([() => 'did:plc:' + of(lower + '234567', 24, 24), () => 'did:web:' + handle(), () => `did:${of(lower, 1, 6)}:${of(alnum + '._:%-', 1, 30)}`])()
const key = () => of(alnum + '_~.:-', 1, 30)
const nsid = () => `${of(lower, 2, 5)}.${[...Array(1 + random(3))].map(() => label().toLowerCase()).join('.')}.${of(lower + 'ABC', 3, 10)}`
const generators = {
  tid: () => of('234567abcdefghij', 1, 1) + of('234567' + lower, 12, 12),
  did,
  handle,
  recordkey: key,
  aturi: () => `at://${pick([did, handle])()}${random(4) ? '/' + nsid() + (random(3) ? '/' + key() : '') : ''}`,
  datetime: () => `${pick(['1985', '2027', '2000', '1900', '0001', '9999'])}-${two(1 + random(12))}-${two(1 + random(28))}T${two(random(24))}:${two(random(60))}:${two(random(60))}${random(2) ? '.' + of(digits, 1, 9) : ''}${pick(['Z', 'Z', '+02:00', '-04:00', '+05:30', '+00:00'])}`,
  language: () => pick(['fr', 'en', 'br', 'oc', 'gcf', 'rcf', 'zh', 'i-klingon', 'x-ville']) + pick(['', '', '-FR', '-Latn', '-Latn-FR', '-419', '-1994', '-oxendict', '-a-extend1', '-x-mairie'])
}
const judges = {
  tid: syntax.isValidTid,
  did: text => { try { syntax.ensureValidDid(text); return true } catch { return false } },
  handle: syntax.isValidHandle,
  recordkey: syntax.isValidRecordKey,
  aturi: text => syntax.isAtUriString(text, { strict: true }),
  datetime: syntax.isValidDatetime,
  language: text => syntax.parseLanguageString(text) !== null
}
// Where a slip is likely to matter: separators, signs that are almost right, others' letters and digits.
const slips = [...'.-_:/~%@# +0129ztZTaAéк٣', '..', '--', '//', '\n', '\u00a0', '-00:00', '1', 'did:', 'at://']
const slip = text => {
  const at = random(text.length + 1)
  switch (random(6)) {
    case 0: return text.slice(0, at) + text.slice(at + 1)
    case 1: return text.slice(0, at) + pick(slips) + text.slice(at)
    case 2: return text.slice(0, at) + pick(slips) + text.slice(at + 1)
    case 3: return text.slice(0, at)
    case 4: return random(2) ? text.toUpperCase() : text.slice(at)
    default: return text.slice(0, at) + text.slice(at, at + 3) + text.slice(at)
  }
}
const edges = {
  tid: ['3jzfcijpj2z2a', '3jzfcijpj2z2aa', '3jzfcijpj2z2', 'zzzzzzzzzzzzz', 'jzzzzzzzzzzzz', 'kzzzzzzzzzzzz', '2222222222222', ''],
  did: ['did:m:' + 'a'.repeat(2042), 'did:m:' + 'a'.repeat(2043), 'did:m:v:', 'did:m:v%', 'did::v', 'did:m:', 'DID:m:v', ''],
  handle: ['a'.repeat(63) + '.fr', 'a'.repeat(64) + '.fr', ('a'.repeat(60) + '.').repeat(4) + 'abcdefghi', ('a'.repeat(60) + '.').repeat(4) + 'abcdefghij', 'ville', 'a.1b', 'a.b1', '-a.fr', 'a-.fr', ''],
  recordkey: ['.', '..', '...', 'a'.repeat(512), 'a'.repeat(513), 'a/b', ''],
  aturi: ['at://', 'at://ville.fr/', 'at://ville.fr/app.bsky.feed.post/', 'at://ville.fr/app.bsky.feed.post/a/b', 'AT://ville.fr', 'at:ville.fr', 'at://ville.fr?a=b', 'at://ville.fr/app', 'at://ville.fr/app.bsky.feed.post/.', ''],
  datetime: ['2028-02-29T00:00:00Z', '2027-13-01T00:00:00Z', '2027-00-01T00:00:00Z', '2027-01-00T00:00:00Z', '2027-01-32T00:00:00Z', '2027-01-01T24:00:00Z', '2027-01-01T00:60:00Z', '2027-01-01T00:00Z', '2027-01-01', '2027-01-01T00:00:00', '2027-01-01t00:00:00Z', '2027-01-01T00:00:00z', '2027-01-01T00:00:00-00:00', '2027-01-01T00:00:00+25:00', '2027-01-01T00:00:00.Z', '-2027-01-01T00:00:00Z', '+002027-01-01T00:00:00Z', '0000-01-01T00:00:00Z', ''],
  language: ['fr-', '-fr', 'FR', 'f', 'français', 'en-GB-oed', 'x', 'x-a', 'fr-x', 'de-1901-1996', 'de-1901-1901', 'sl-rozaj-biske-ROZAJ', 'en-a-bbb-u-ccc', 'en-a-bbb-a-ccc', 'en-a-bbb-A-ccc', 'x-a-a', 'fr-x-a-a', '']
}
// JavaScript makes 1 March of 29 February 2027, and the library with it: of days that no calendar has, it is no judge.
const rolls = text => { const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0]; const at = day && new Date(day + 'T00:00:00Z'); return Boolean(at && !isNaN(at) && at.toISOString().slice(0, 10) !== day) }
const cases = []
for (const [kind, generate] of Object.entries(generators)) {
  const texts = new Set(edges[kind])
  while (texts.size < 150) texts.add(random(3) ? slip(generate()) : generate())
  for (const text of [...texts].filter(text => kind !== 'datetime' || !rolls(text))) cases.push({ kind, text, valid: judges[kind](text) })
}
const lines = list => '[\n' + list.map(x => '  ' + JSON.stringify(x)).join(',\n') + '\n]\n'
writeFileSync(path.join(here, '..', '..', 'SocialHub.Tests', 'Publishing', 'Oracles', 'identifiers.json'), lines(cases))
console.log(Object.keys(generators).map(kind => `${kind} ${cases.filter(c => c.kind === kind && c.valid).length} of ${cases.filter(c => c.kind === kind).length}`).join(', '))
