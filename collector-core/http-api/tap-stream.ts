import type { Collector } from '../runtime/collector.ts'
import type { ApiResponse, ApiStream } from './routes.ts'
import { text } from './text-response.ts'

const usualPerSecond = 50
const mostPerSecond = 200
const longestId = 512

/**
 * Tap frames as JSON lines, four a second, of the edges between `from` and `to` (either may be left out; the same id in both
 * means what enters and leaves that component), with up to `perSecond` items a second.
 */
export function tapStream(query: URLSearchParams, collector: Collector): ApiResponse | ApiStream {
  const from = query.get('from') ?? undefined
  const to = query.get('to') ?? undefined
  const perSecond = Number(query.get('perSecond') ?? usualPerSecond)
  if (!Number.isInteger(perSecond) || perSecond < 1 || perSecond > mostPerSecond) {
    return text(400, `perSecond must be a whole number from 1 to ${mostPerSecond}`)
  }
  if ([from, to].some((id) => id !== undefined && (id === '' || id.length > longestId))) {
    return text(400, 'from and to must be ids of components')
  }
  const session = collector.tap({ from, to }, perSecond)
  return {
    contentType: 'application/x-ndjson',
    everyMs: 250,
    next: () => `${JSON.stringify(session.frame())}\n`,
    close: () => session.close(),
  }
}
