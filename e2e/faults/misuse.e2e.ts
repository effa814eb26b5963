// Mistakes get an answer that says what to do instead, and are counted.
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '../free-port.ts'
import { asProtobuf, makeSpans, overGrpc } from '../otel-app.ts'
import { spawnWeir, startWeir, weir } from '../weir-process.ts'
import type { Weir } from '../weir-process.ts'
import { waitUntil } from '../wait-until.ts'

interface Receiving {
  readonly weir: Weir
  readonly grpc: string
  readonly http: string
}

async function receiving(): Promise<Receiving> {
  const [grpc, http] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`]
  const weir = await startWeir(`
otelcol.receiver.otlp "default" {
  grpc {
    endpoint = "${grpc}"
  }
  http {
    endpoint = "${http}"
  }
  output {
    traces = [otelcol.exporter.debug.default.input]
  }
}

otelcol.exporter.debug "default" { }`)
  return { weir, grpc, http }
}

async function post(url: string, contentType: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': contentType, ...headers }, body })
  return { status: response.status, body: await response.text() }
}

describe('OTLP sent wrongly', () => {
  test.each([
    ['to a base URL', '/', 'application/json', '{}', {}, 404, /v1\/traces/, 'path'],
    ['to a doubled path', '/v1/traces/v1/traces', 'application/json', '{}', {}, 404, /base URL/, 'path'],
    [
      'as plain text',
      '/v1/traces',
      'text/plain',
      '{}',
      {},
      415,
      /application\/x-protobuf or application\/json/,
      'content_type',
    ],
    ['as broken JSON', '/v1/traces', 'application/json', '{"resourceSpans": [', {}, 400, /JSON/, 'malformed'],
    [
      'as JSON of another shape',
      '/v1/traces',
      'application/json',
      '{"resourceSpans": 3}',
      {},
      400,
      /resourceSpans/,
      'malformed',
    ],
    [
      'as bytes that are no protobuf',
      '/v1/traces',
      'application/x-protobuf',
      'hello there',
      {},
      400,
      /not a well-formed OTLP traces/,
      'malformed',
    ],
    [
      'in an unknown encoding',
      '/v1/traces',
      'application/json',
      '{}',
      { 'Content-Encoding': 'br' },
      400,
      /br/,
      'encoding',
    ],
    [
      'as gzip that is none',
      '/v1/traces',
      'application/json',
      '{}',
      { 'Content-Encoding': 'gzip' },
      400,
      /gzip/,
      'malformed',
    ],
    ['as a kind nobody takes', '/v1/logs', 'application/json', '{}', {}, 404, /logs/, 'not_taken'],
    ['from a page', '/v1/traces', 'application/json', '{}', { Origin: 'https://evil.example' }, 403, /cors/, 'origin'],
  ] as const)('%s', async (_, path, type, body, headers, status, words, reason) => {
    const { weir, http } = await receiving()
    const answer = await post(`http://${http}${path}`, type, body, headers)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatch(words)
    expect((await weir.metrics()).value('weir_otlp_refused_requests_total', { reason })).toBe(1)
    expect(weir.log).toMatch(new RegExp(`level=warn component_id=otelcol.receiver.otlp.default .*reason=${reason}`))
  })

  test('gRPC to the HTTP port and HTTP to the gRPC port fail, and the right ports still work', async () => {
    const { weir, grpc, http } = await receiving()
    await expect(overGrpc(http).spans(makeSpans(1))).rejects.toThrow()
    await expect(asProtobuf(grpc).spans(makeSpans(1))).rejects.toThrow()
    await overGrpc(grpc).spans(makeSpans(3))
    await asProtobuf(http).spans(makeSpans(3))
    expect((await weir.metrics()).value('otelcol_receiver_accepted_spans_total')).toBe(6)
  })
})

describe('a port that is taken', () => {
  test('by somebody: weir run ends with a sentence that names who', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => holder.once('listening', resolve))
    onTestFinished(() => void holder.close())
    const { port } = holder.address() as AddressInfo
    const { weir } = spawnWeir('', { listen: `127.0.0.1:${port}` })
    expect(await weir.child.ended).toMatchObject({ code: 1 })
    expect(weir.child.stdout).toBe('')
    expect(weir.log).toMatch(new RegExp(`127.0.0.1:${port}: the port is in use by .*\\(pid ${process.pid}\\)`))
    expect(weir.log).toMatch(/choose another port/)
  })

  test('for OTLP: the receiver is unhealthy and says so, the rest runs', async () => {
    const first = await receiving()
    const second = await startWeir(readFileSync(first.weir.configPath, 'utf8'))
    await waitUntil(
      'the component is unhealthy',
      async () => (await second.health()).get('otelcol.receiver.otlp.default') === 'unhealthy',
    )
    expect(second.log).toContain(`pid ${first.weir.pid}`)
    expect((await second.get('/-/healthy')).status).toBe(500)
    expect((await second.get('/-/ready')).status).toBe(200)
  })
})

describe('a data directory that is taken', () => {
  test('is not shared: the second Weir says who has it and loses nothing', async () => {
    const config = `
loki.write "default" {
  endpoint {
    url = "http://127.0.0.1:1/loki/api/v1/push"
  }
}
loki.source.file "app" {
  targets    = [{ "__path__" = "/etc/hostname" }]
  forward_to = [loki.write.default.receiver]
}`
    const first = await startWeir(config)
    const { weir: second } = spawnWeir(config, { storage: first.storage })
    await waitUntil(
      () => `the second complains: ${second.log}`,
      () => second.log.includes(String(first.pid)) || /in use|another|locked/.test(second.log),
      15_000,
    )
    expect(first.child.running).toBe(true)
  })
})

describe('a bad config', () => {
  const good = 'otelcol.exporter.debug "default" { }\n'

  test('does not start: every mistake at once, exit 1', () => {
    const { weir } = spawnWeir('nonsense "x" {\n}\n\nloki.write "w" {\n  endpoint {\n    urll = "x"\n  }\n}\n')
    return weir.child.ended.then(({ code }) => {
      expect(code).toBe(1)
      expect(weir.log).toContain('nonsense')
      expect(weir.log).toContain('did you mean "url"?')
      expect(weir.child.stdout).toBe('')
    })
  })

  test('is not taken by a reload, over HTTP or by signal, and what runs goes on', async () => {
    const { weir, http } = await receiving()
    const config = readFileSync(weir.configPath, 'utf8')
    const answer = await weir.reload(`${config}\nloki.writer "x" { }\n`)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatch(/loki\.writer.*\n?.*did you mean "?loki\.write/s)
    await asProtobuf(http).spans(makeSpans(2))
    weir.child.process.kill('SIGHUP')
    await waitUntil('the signal was heard', () => (weir.log.match(/config not applied/g) ?? []).length === 2)
    await asProtobuf(http).spans(makeSpans(2))
    expect((await weir.metrics()).value('otelcol_receiver_accepted_spans_total')).toBe(4)
    expect(await weir.reload(`${config}\notelcol.exporter.debug "second" { }\n`)).toMatchObject({ status: 200 })
    expect((await weir.health()).has('otelcol.exporter.debug.second')).toBe(true)
    expect((await weir.metrics()).value('otelcol_receiver_accepted_spans_total')).toBe(4)
    await weir.terminate()
  })

  test('of a component Weir only knows is refused, or left out when asked', async () => {
    const config = `${good}mimir.rules.kubernetes "x" { }\n`
    const { weir: refused } = spawnWeir(config)
    expect(await refused.child.ended).toMatchObject({ code: 1 })
    expect(refused.log).toMatch(/mimir\.rules\.kubernetes.*--skip-unsupported/s)
    const rest = await startWeir(config, { flags: ['--skip-unsupported'] })
    expect([...(await rest.health()).keys()]).toContain('otelcol.exporter.debug.default')
  })

  test('weir check says the same, with --json for programs', () => {
    const { code, stderr, stdout } = weir('check', '--json', 'e2e/testdata/bad.alloy')
    expect(code).toBe(1)
    const report = JSON.parse(stdout || stderr) as unknown
    expect(JSON.stringify(report)).toContain('scrape_intervall')
    expect(JSON.stringify(report)).toContain('scrape_interval')
  })
})
