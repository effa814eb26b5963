import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { createPipeline } from '../logql/line-pipeline.ts'
import type { LogExpression, LogLine } from '../logql/expression.ts'
import { parseLogql } from '../logql/parse.ts'
import { queryLines } from '../logql/query.ts'
import { QueryBudget } from '../query-text/query-budget.ts'
import type { LogStore } from '../storage/log-store.ts'
import { matchesValue } from '../storage/matcher.ts'
import { streamsOf } from './loki-streams.ts'
import { countParameter, nanosParameter, requiredParameter } from './parameters.ts'

const mostTails = 50
const mostMessageBytes = 64 * 1024
/** A reader that is further behind than this misses lines, and is told how many. */
const mostBehindBytes = 4 * 1024 * 1024
const historyMs = 10_000

/** Loki's `/loki/api/v1/tail`: lines over a websocket as they arrive. */
export class LokiTail {
  private readonly store: LogStore
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: mostMessageBytes })

  constructor(store: LogStore) {
    this.store = store
  }

  /** Takes over a connection whose host has been checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://backend')
    if (url.pathname !== '/loki/api/v1/tail' || this.sockets.clients.size >= mostTails) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => void this.follow(client, url.searchParams))
  }

  close(): void {
    for (const client of this.sockets.clients) client.terminate()
    this.sockets.close()
  }

  private async follow(client: WebSocket, params: URLSearchParams): Promise<void> {
    client.on('error', () => client.terminate())
    try {
      const expression = parseLogql(requiredParameter(params, 'query'))
      if (expression.kind !== 'log') throw new Error('a tail takes a log query')
      await this.tell(client, expression, params)
    } catch (error) {
      client.close(1008, (error instanceof Error ? error.message : String(error)).slice(0, 120))
    }
  }

  private async tell(client: WebSocket, expression: LogExpression, params: URLSearchParams): Promise<void> {
    const pipeline = createPipeline(expression.stages)
    const { matchers } = expression
    let dropped = 0
    const send = (lines: Parameters<typeof streamsOf>[0]): void => {
      if (lines.length === 0 || client.readyState !== client.OPEN) return
      if (client.bufferedAmount > mostBehindBytes) {
        dropped += lines.length
        return
      }
      const missed =
        dropped === 0
          ? {}
          : { dropped_entries: [{ labels: {}, timestamp: String(BigInt(Date.now()) * 1_000_000n), count: dropped }] }
      dropped = 0
      client.send(JSON.stringify({ streams: streamsOf(lines, false), ...missed }))
    }
    const waiting: (readonly LogLine[])[] = []
    let ready = false
    const take = (lines: readonly LogLine[]): void => {
      const matching = lines.filter(({ labels }) =>
        matchers.every((matcher) => matchesValue(matcher, labels.get(matcher.name))),
      )
      if (ready) send(matching.flatMap((line) => pipeline(line) ?? []))
      else waiting.push(matching)
    }
    const stop = this.store.follow(take)
    client.once('close', stop)
    const now = BigInt(Date.now()) * 1_000_000n
    const start = nanosParameter(params, 'start', now - BigInt(historyMs) * 1_000_000n)
    const limit = countParameter(params, 'limit', 100, 5_000)
    const range = { start, end: now, direction: 'backward' as const, limit }
    const history = await queryLines(expression, range, { source: this.store, budget: new QueryBudget(10_000) })
    send(history.reverse())
    ready = true
    for (const lines of waiting) send(lines.filter(({ time }) => time >= now).flatMap((line) => pipeline(line) ?? []))
  }
}
