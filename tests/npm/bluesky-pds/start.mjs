// Starts a PLC directory (in memory) and a PDS, prints "READY {json}", stops on SIGTERM or when its standard input ends,
// so that nothing is left behind when the tests die. Its modules come from the folder in PEER_MODULES.
// PEER_PORT and PEER_DIRECTORY_PORT: where the PDS and the PLC directory listen.
// PEER_PUBLIC_PORT: the port that DID documents name (a proxy in front of it); without it, the port it listens on.
import { createRequire } from 'node:module'
import { mkdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(join(process.env.PEER_MODULES, 'package.json'))
// Both libraries bind all interfaces on their own; tests stay on the loopback.
const onLoopback = (app, port) => {
  const listen = app.listen.bind(app)
  app.listen = () => listen(port, '127.0.0.1')
}

const plcPort = Number(process.env.PEER_DIRECTORY_PORT)
const listenPort = Number(process.env.PEER_PORT)
const data = process.env.PEER_DATA
mkdirSync(join(data, 'blobs'), { recursive: true })
Object.assign(process.env, {
  PDS_PORT: process.env.PEER_PUBLIC_PORT || String(listenPort),
  PDS_HOSTNAME: 'localhost',
  PDS_DEV_MODE: 'true',
  PDS_DATA_DIRECTORY: data,
  PDS_BLOBSTORE_DISK_LOCATION: join(data, 'blobs'),
  PDS_DID_PLC_URL: `http://localhost:${plcPort}`,
  PDS_INVITE_REQUIRED: 'false',
  PDS_JWT_SECRET: randomBytes(16).toString('hex'),
  PDS_ADMIN_PASSWORD: randomBytes(16).toString('hex'),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
  LOG_ENABLED: 'false',
})

const { PlcServer, Database } = require('@did-plc/server')
const plc = await PlcServer.create({ db: Database.mock(), port: plcPort })
onLoopback(plc.app, plcPort)
await plc.start()

const stop = new AbortController()
process.stdin.on('end', () => stop.abort()).on('error', () => stop.abort()).resume()
const { PDS } = await import(pathToFileURL(require.resolve('@atproto/pds')))
await PDS.run({
  signal: stop.signal,
  onCreated: pds => onLoopback(pds.app, listenPort),
  onStarted: () => console.log('READY ' + JSON.stringify({ pds: listenPort, plc: plcPort })),
})
await plc.destroy()
process.exit(0)
