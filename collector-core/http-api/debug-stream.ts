// Alloy's live debugging of one component, from the same tap as Weir's own: texts that end with `|;|`, flushed once a second.
import type { TapItem } from '../protocol.ts'
import type { Shape } from '../schema/shape.ts'
import type { ApiContext, ApiRequest, ApiResponse, ApiStream } from './routes.ts'
import { text } from './text-response.ts'

/** What Alloy buffers for a client. */
const mostPerSecond = 1_000

/** Refused, with 500 as in Alloy, unless the `livedebugging` block allows it and data passes the component; ends when either ends. */
export function debugStream(
  { path, query }: ApiRequest,
  { collector, liveDebugging }: ApiContext,
): ApiResponse | ApiStream {
  const id = path.slice('/api/v0/web/debug/'.length)
  if (!liveDebugging()) {
    return text(500, 'live debugging is off: write livedebugging { enabled = true } into the config and reload it')
  }
  const component = collector.component(id)
  if (component === undefined) return text(500, `there is no component "${id}"`)
  const { arguments: args, exports } = component.type.definition
  const shapes = [...Object.values(args), ...Object.values(exports)].map(({ shape }) => shape)
  if (!shapes.some(carriesData)) return text(500, `no data passes ${id}, so there is nothing to watch`)

  const asked = Number(query.get('sampleProb') ?? 1)
  const isValid = asked >= 0 && asked <= 1
  const share = isValid ? asked : 1
  let remark = isValid
    ? ''
    : `sampleProb must be a number from 0 to 1, not "${query.get('sampleProb')?.slice(0, 100)}"|;|`
  const session = collector.tap({ from: id, to: id }, mostPerSecond)
  return {
    contentType: 'text/plain; charset=utf-8',
    everyMs: 1000,
    next() {
      if (!liveDebugging() || collector.component(id) === undefined) return undefined
      const shown = session.frame().items.filter(() => Math.random() < share)
      const texts = remark + shown.map((item) => `${item.to === id ? '[IN]' : '[OUT]'}: ${eventText(item)}|;|`).join('')
      remark = ''
      return texts
    },
    close: () => session.close(),
  }
}

function carriesData(shape: Shape): boolean {
  if (shape.kind === 'receiver' || shape.kind === 'receivers') return true
  return (
    (shape.kind === 'block' || shape.kind === 'blocks') &&
    Object.values(shape.fields).some((field) => carriesData(field.shape))
  )
}

/** The end of an event must not occur inside it. */
function eventText({ kind, timestamp, labels, attributes, text }: TapItem): string {
  const parts = {
    ts: timeText(timestamp),
    labels: printed(labels),
    attributes: printed(attributes),
    [kind === 'line' ? 'entry' : 'value']: text,
  }
  const said = Object.entries(parts).filter(([, part]) => part !== '' && part !== '{}')
  return `${kind}: ${said.map(([name, part]) => `${name}=${part}`).join(', ')}`.replaceAll('|;|', '| ; |')
}

/** A hostile time may be none that a calendar has. */
function timeText(timestamp: number | undefined): string {
  if (timestamp === undefined) return ''
  const date = new Date(timestamp)
  return Number.isNaN(date.getTime()) ? String(timestamp) : date.toISOString()
}

const printed = (pairs: Readonly<Record<string, string>>): string =>
  `{${Object.entries(pairs)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ')}}`
