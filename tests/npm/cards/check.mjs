// Reads a file with one Adaptive Card a line and prints, for each, what Microsoft's library has to say against it
// (a JSON array of messages), parsed as a host of version 1.4 does.
//   node check.mjs cards.ndjson        (the packages may lie elsewhere: PEER_MODULES=folder)
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const require = createRequire(path.join(process.env.PEER_MODULES ?? here, 'node_modules', 'x.js'))
const { AdaptiveCard, SerializationContext, Versions } = require('adaptivecards/dist/adaptivecards.js')

// Every member that the library wrote back is one that it knows; what is lost, it did not.
const lost = (given, kept, at) => {
  if (given === null || typeof given !== 'object') return []
  return Object.entries(given).flatMap(([name, value]) => {
    const where = `${at}/${name}`
    if (kept === null || typeof kept !== 'object' || !(name in kept)) return isDefault(name, value) ? [] : [`${where} is not known`]
    return lost(value, kept[name], where)
  })
}
const isDefault = (name, value) => value === false || name === 'msteams' || name === 'highlight' && value === false

for (const line of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const given = JSON.parse(line)
  // The library's pattern of languages remembers where it last matched, and would refuse every second card.
  AdaptiveCard.langProperty.regEx.lastIndex = 0
  const context = new SerializationContext(Versions.v1_4)
  const card = new AdaptiveCard()
  card.parse(given, context)
  const says = []
  for (let i = 0; i < context.eventCount; i++) says.push(context.getEventAt(i).message)
  says.push(...card.validateProperties().validationEvents.map(event => event.message), ...lost(given, card.toJSON(new SerializationContext(Versions.v1_4)), ''))
  console.log('CARD ' + JSON.stringify(says))
}
