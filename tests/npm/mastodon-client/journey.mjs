// An independent client's whole journey on an instance: sign in, upload a picture, post it, post again with the same key, page, delete.
// Prints one JSON document of what it saw. Its modules come from the folder in PEER_MODULES.
// usage: node journey.mjs ADDRESS CODE
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(join(process.env.PEER_MODULES, 'package.json'))
const { createRestAPIClient, createOAuthAPIClient } = await import(pathToFileURL(require.resolve('masto')))
const [url, code] = process.argv.slice(2)
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const app = await createRestAPIClient({ url }).v1.apps.create({ clientName: 'hub', redirectUris: 'urn:ietf:wg:oauth:2.0:oob', scopes: 'read write' })
const token = await createOAuthAPIClient({ url }).token.create({
  grantType: 'authorization_code', clientId: app.clientId, clientSecret: app.clientSecret, redirectUri: 'urn:ietf:wg:oauth:2.0:oob', code, scope: 'read write',
})
const client = createRestAPIClient({ url, accessToken: token.accessToken })
const me = await client.v1.accounts.verifyCredentials()
const instance = await client.v2.instance.fetch()

const media = await client.v2.media.create({ file: new Blob([png], { type: 'image/png' }), description: 'Un carré' })
const withKey = { requestInit: { headers: { 'Idempotency-Key': 'article-42' } } }
const first = await client.v1.statuses.create({ status: 'Bonjour https://mairie.example/actualites/un-article-assez-long', mediaIds: [media.id], language: 'fr' }, withKey)
const again = await client.v1.statuses.create({ status: 'Autre texte', language: 'fr' }, withKey)
const refused = await client.v1.statuses.create({ status: 'x'.repeat(instance.configuration.statuses.maxCharacters + 1) }).catch(e => e.statusCode)
for (let i = 0; i < 5; i++) await client.v1.statuses.create({ status: `Message ${i}` })

const pages = []
for await (const page of client.v1.accounts.$select(me.id).statuses.list({ limit: 2 })) pages.push(page.map(s => s.id))
const found = await client.v1.accounts.lookup({ acct: me.acct })
const read = await client.v1.statuses.$select(first.id).fetch()
await client.v1.statuses.$select(first.id).remove()
const gone = await client.v1.statuses.$select(first.id).fetch().catch(e => e.statusCode)
const stranger = await createRestAPIClient({ url, accessToken: 'wrong' }).v1.accounts.verifyCredentials().catch(e => e.statusCode)

console.log('RESULT ' + JSON.stringify({
  user: me.username, lookup: found.id === me.id, maxCharacters: instance.configuration.statuses.maxCharacters,
  first: first.id, again: again.id, refused, pages, gone, stranger,
  content: read.content, alt: read.mediaAttachments[0]?.description, created: read.createdAt,
}))
