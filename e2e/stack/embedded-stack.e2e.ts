// The stack without Docker: the embedded backend as a supervised process, proven through a pipeline that runs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StackPorts } from '../../host/contract/stack.ts'
import { examineStack } from '../../host/stack/doctor/examine-stack.ts'
import { nodeBackend } from '../../host/stack/embedded-process/launch-backend.ts'
import { thisMachine } from '../../host/stack/engine/find-engine.ts'
import { proveStack } from '../../host/stack/proof/prove-stack.ts'
import { Stack } from '../../host/stack/stack.ts'
import { freePort } from '../free-port.ts'
import { waitUntil } from '../wait-until.ts'
import { freeStackPorts } from './free-ports.ts'
import { bundle, startWeir } from '../weir-process.ts'

const pipeline = (receiver: number, ports: StackPorts): string => `otelcol.receiver.otlp "in" {
  http { endpoint = "127.0.0.1:${receiver}" }
  output {
    traces  = [otelcol.exporter.otlp.tempo.input]
    logs    = [otelcol.exporter.otlphttp.loki.input]
    metrics = [otelcol.exporter.otlp.tempo.input]
  }
}
otelcol.exporter.otlp "tempo" {
  client {
    endpoint = "127.0.0.1:${ports.tempoGrpc}"
    tls { insecure = true }
  }
}
otelcol.exporter.otlphttp "loki" { client { endpoint = "http://127.0.0.1:${ports.loki}/otlp" } }
`

describe('the embedded stack', () => {
  let folder: string
  let stack: Stack
  let ports: StackPorts

  const open = (): Promise<Stack> =>
    Stack.open({
      folder,
      userAgent: 'Weir/test',
      launchBackend: nodeBackend(bundle),
      config: () => undefined,
      secret: async () => undefined,
      // No Docker: no socket of this machine is looked at.
      machine: { ...thisMachine, platform: 'linux', home: folder, env: { DOCKER_HOST: `unix://${folder}/none.sock` } },
    })

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weir-e2e-stack-'))
    ports = await freeStackPorts()
    stack = await open()
    await stack.change({ ports })
  })
  afterEach(async () => {
    await stack.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('takes the place of Docker by itself and says why', async () => {
    expect(stack.state).toMatchObject({ provider: 'embedded', phase: 'down' })
    expect(stack.state.why).toContain('no Docker answers')
    expect(await stack.start()).toMatchObject({ kind: 'done' })
    expect(stack.state.cards.map(({ backend, state }) => [backend, state])).toEqual([
      ['mimir', 'ready'],
      ['loki', 'ready'],
      ['tempo', 'ready'],
    ])
    const other = await open()
    expect(other.state.phase).toBe('up')
    expect(other.state.cards[0].readiness).toContain('another Weir')
    expect(await other.start()).toMatchObject({ kind: 'done' })
    await other.close()
    expect(await stack.stop()).toMatchObject({ kind: 'done' })
    expect(stack.state.phase).toBe('down')
  })

  test('is started again after kill -9, with its data', async () => {
    await stack.start()
    const first = await proveStack(stack, '127.0.0.1:1')
    expect(first.ticks.slice(0, 3).map(({ state }) => state)).toEqual(['passed', 'passed', 'passed'])
    const pid = pidOf(ports.loki)
    process.kill(pid, 'SIGKILL')
    await waitUntil('it is up again', async () => {
      await stack.refresh()
      return stack.state.phase === 'up' && stack.state.cards[0].restarts === 1
    })
    const trace = await fetch(`${stack.state.endpoints!.tempoQuery}/api/v2/traces/${first.traceId}`)
    expect(await trace.text()).toContain('weir-proof')
  })

  test('proves and examines what goes through a running pipeline', async () => {
    await stack.start()
    const weir = await startWeir(pipeline(await freePort(), ports))
    const { host: collector } = new URL(weir.url)
    const proof = await proveStack(stack, collector)
    expect(proof.ticks.slice(0, 3).map(({ state, words }) => [state, words])).toEqual(
      Array.from({ length: 3 }, () => ['passed', 'sent through the pipeline']),
    )
    expect(proof.ticks.slice(3).map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped'])
    const healthy = await examineStack(stack, collector, undefined)
    expect(healthy.broken).toBeUndefined()
    expect((await examineStack(stack, collector, 'weir-proof')).broken).toBeUndefined()
    const unknown = await examineStack(stack, collector, 'nobody')
    expect(unknown.broken).toMatchObject({ name: 'traces of nobody' })
    await stack.stop()
    const stopped = await examineStack(stack, collector, undefined)
    expect(stopped.broken?.fix).toBeDefined()
    expect(stopped.hops.filter(({ state }) => state === 'broken').map(({ name }) => name)).toContain('mimir answers')
  })

  test('a pipeline that only counts what it takes is passed by, and the doctor says so', async () => {
    await stack.start()
    const weir = await startWeir(`otelcol.receiver.otlp "in" {
      http { endpoint = "127.0.0.1:${await freePort()}" }
      output {
        traces  = [otelcol.processor.probabilistic_sampler.none.input]
        logs    = [otelcol.exporter.debug.log.input]
        metrics = [otelcol.exporter.debug.log.input]
      }
    }
    otelcol.processor.probabilistic_sampler "none" {
      sampling_percentage = 0
      output { traces = [otelcol.exporter.otlp.tempo.input] }
    }
    otelcol.exporter.otlp "tempo" {
      client {
        endpoint = "127.0.0.1:${ports.tempoGrpc}"
        tls { insecure = true }
      }
    }
    otelcol.exporter.debug "log" { }
    `)
    const { host: collector } = new URL(weir.url)
    const { ticks } = await proveStack(stack, collector)
    const direct = 'sent straight to the backend: the pipeline has no way for it from OTLP to an exporter'
    expect(ticks.slice(0, 3).map(({ state, words }) => [state, words])).toEqual([
      ['passed', 'sent through the pipeline'],
      ['passed', direct],
      ['passed', direct],
    ])
    const { hops, broken } = await examineStack(stack, collector, undefined)
    expect(broken).toBeUndefined()
    expect(hops[1]).toMatchObject({ state: 'unknown', words: 'no exporter behind it sends logs, metrics away' })
  })

  test('requests the receiver refuses are the first broken hop', async () => {
    await stack.start()
    const receiver = await freePort()
    const weir = await startWeir(pipeline(receiver, ports))
    const post = (path: string, type: string) =>
      fetch(`http://127.0.0.1:${receiver}${path}`, { method: 'POST', headers: { 'content-type': type }, body: '{}' })
    expect((await post('/api/v2/spans', 'application/json')).status).toBe(404)
    const { broken } = await examineStack(stack, new URL(weir.url).host, undefined)
    expect(broken).toMatchObject({
      name: 'requests decoded',
      words: '1 requests were refused: path',
      fix: expect.stringContaining('/v1/traces') as string,
    })
  })

  test('without a pipeline the first broken hop is that none runs', async () => {
    await stack.start()
    const { broken } = await examineStack(stack, '127.0.0.1:1', undefined)
    expect(broken).toMatchObject({ name: 'pipeline runs' })
  })
})

/** The process that listens on a port, from what Linux tells. */
function pidOf(port: number): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
  const found = children.find((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--loki.addr=127.0.0.1:${port}`),
  )
  if (found === undefined) throw new Error(`no child listens on ${port}`)
  return found
}
