import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { Loopback } from '../../../net/loopback.ts'
import { systemClock } from '../../../runtime/clock.ts'
import type { DefinitionExports } from '../../../schema/definition.ts'
import { Labels } from '../../../signal/labels.ts'
import { metricBatch } from '../../../signal/metric-batch.ts'
import { accepted } from '../../../signal/receiver.ts'
import { argumentsFrom } from '../../../testing/arguments-from.ts'
import { recordingContext } from '../../../testing/component-context.ts'
import { decodeRequest } from '../../../wire/remote_write/decode-request.ts'
import { uncompress } from '../../../wire/snappy/uncompress.ts'
import { prometheusRemoteWrite } from './component.ts'
import { definition } from './definition.ts'

const loopback = new Loopback()
afterEach(() => loopback.close())

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

test('over real sockets, a real disk and real time: retried, authenticated, delivered', async () => {
  const requests: { headers: IncomingMessage['headers']; body: Buffer }[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      requests.push({ headers: request.headers, body })
      response.writeHead(requests.length === 1 ? 503 : 204).end()
    })
  })
  const url = await loopback.listen(server)
  const context = { ...recordingContext<typeof definition>(), clock: systemClock }
  const args = argumentsFrom(
    definition,
    `endpoint {
      url = "${url}/api/v1/push"
      basic_auth {
        username = "u"
        password = "p"
      }
      queue_config { batch_send_deadline = "50ms" }
    }`,
  )
  const component = prometheusRemoteWrite.build(args, context)
  const { receiver } = context.published[0] as DefinitionExports<typeof definition>
  const stop = new AbortController()
  const ended = component.run(stop.signal)
  const series = [Labels.from({ __name__: 'up', job: 'a' }), Labels.from({ __name__: 'up', job: 'ü' })]
  for (const round of [1, 2, 3]) {
    expect(await receiver.accept(metricBatch(series, Float64Array.of(round, -round), round))).toEqual(accepted)
  }
  await expect.poll(() => context.values.get(samplesDelivered(context.values)) ?? 0).toBeGreaterThan(0)
  stop.abort()
  await ended
  expect(requests[0].body.equals(requests[1].body)).toBe(true)
  expect(requests[1].headers).toMatchObject({
    'user-agent': 'Weir/test',
    authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    'content-encoding': 'snappy',
    'retry-attempt': '1',
  })
  const stored = requests.slice(1).flatMap(({ body }) => {
    const decoded = decodeRequest(uncompress(body, 1e6) as Uint8Array, 1)
    return 'malformed' in decoded ? [] : decoded.series
  })
  expect(stored.map(({ labels, samples: [{ value, timestamp }] }) => [labels.get('job'), value, timestamp])).toEqual(
    [1, 2, 3].flatMap((round) => [
      ['a', round, round],
      ['ü', -round, round],
    ]),
  )
})

/** The key under which the bytes delivered are counted. */
function samplesDelivered(values: ReadonlyMap<string, number>): string {
  return [...values.keys()].find((key) => key.startsWith('prometheus_remote_storage_bytes_total')) ?? ''
}
