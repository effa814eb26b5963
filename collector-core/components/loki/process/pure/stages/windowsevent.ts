import { checkEventSource, eventKey, eventMessageFields } from './event-message.ts'
import { defineStage } from './stage.ts'

/** Extracts the description and the titled sections of a Windows event message. */
export const windowsEventStage = defineStage({
  fields: eventMessageFields,
  check: checkEventSource,
  build: (args, _, next) => (entry) => {
    const { extracted } = entry
    const store = (key: string, value: string): void => {
      const name = eventKey(key.replace(/[\t\r\n ]/g, ''), extracted, args)
      if (name !== undefined) extracted.set(name, value.replace(/[\t\r\n]/g, '').trim())
    }
    const parts = extracted.text(args.source)?.split('\r\n\r\n') ?? []
    parts.forEach((part, i) => (i === 0 ? store('Description', part) : readSection(part.split('\r\n'), store)))
    next(entry)
  },
})

/** section = [ title ":" ] { key ":" value { continuation } } ; keys are stored under `title_key`. */
function readSection(lines: readonly string[], store: (key: string, value: string) => void): void {
  let title = ''
  for (let i = 0; i < lines.length;) {
    const line = lines[i++]
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const key = line.slice(0, colon)
    let value = line.slice(colon + 1)
    if (value === '') {
      if (i === 1) title = key
      continue
    }
    while (i < lines.length && lines[i] !== '' && !lines[i].includes(':')) value += `,${lines[i++]}`
    store(title === '' ? key : `${title}_${key}`, value)
  }
}
