// The stack on a real Docker Engine, with stand-ins for the images: what a user can order, and what can go wrong.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import type {
  BackendCard,
  BackendName,
  StackAnswer,
  StackPhase,
  StackPorts,
  StackState,
} from '../../host/contract/stack.ts'
import { thisMachine } from '../../host/stack/engine/find-engine.ts'
import { pinnedImages } from '../../host/stack/pinned-images.ts'
import { proveStack } from '../../host/stack/proof/prove-stack.ts'
import { nodeBackend } from '../../host/stack/embedded-process/launch-backend.ts'
import { Stack } from '../../host/stack/stack.ts'
import type { OwnCollector } from '../../host/stack/stack-options.ts'
import { DockerDaemon } from '../docker/docker-daemon.ts'
import { freePort } from '../free-port.ts'
import { describeWith } from '../required.ts'
import { waitUntil } from '../wait-until.ts'
import { freeStackPorts } from './free-ports.ts'
import { Registry } from './registry.ts'
import { importStandIn, stoodIn } from './stand-in-image.ts'
import type { Mark } from './stand-in-image.ts'

const project = 'weir-e2e'

describeWith(DockerDaemon.needs, 'the stack on a real Docker Engine', () => {
  const daemon = new DockerDaemon({ networks: true })
  let folder: string
  let stack: Stack
  let ports: StackPorts
  let config: string | undefined
  let collector: OwnCollector | undefined

  const open = (): Promise<Stack> =>
    Stack.open({
      folder,
      userAgent: 'Weir/test',
      project,
      launchBackend: nodeBackend('none'),
      config: () => config,
      get collector() {
        return collector
      },
      secret: async () => undefined,
      machine: { ...thisMachine, env: { DOCKER_HOST: daemon.host } },
      patience: { readyWithinMs: 20_000, restarts: 2 },
    })
  const change = async (settings: Parameters<Stack['change']>[0]): Promise<void> => {
    expect(await stack.change(settings)).toEqual({ kind: 'done', words: 'kept' })
  }
  const card = (backend: BackendName, from = stack): BackendCard =>
    from.state.cards.find((candidate) => candidate.backend === backend)!
  const idOf = (backend: BackendName): string =>
    daemon.docker('ps', '-aq', '--filter', `name=^/?${project}-${backend}$`)
  const everything = (): string[] => [
    daemon.docker('ps', '-aq'),
    daemon.docker('volume', 'ls', '-q'),
    daemon.docker('network', 'ls', '-q', '--filter', 'driver=bridge'),
  ]
  const images = async (registry: string, mark: Mark, only: readonly BackendName[] = stoodIn): Promise<void> => {
    for (const backend of only) {
      const { repository, tag } = pinnedImages[backend]
      await importStandIn(daemon, `${registry}/${repository}:${tag}`, { backend, mark })
    }
  }
  const post = (backend: 'loki', body: string) =>
    fetch(`http://127.0.0.1:${ports[backend]}/loki/api/v1/push`, { method: 'POST', body })
  const done = { kind: 'done', words: expect.any(String) as string }
  /** A backend that the engine restarts, or that a busy machine keeps from answering, counts as starting meanwhile. */
  const phaseIs = (phase: StackPhase): Promise<true> =>
    waitUntil(
      () => `the stack is ${phase}: ${JSON.stringify(stack.state.cards)}`,
      async () => {
        await stack.refresh()
        return stack.state.phase === phase
      },
    )

  beforeAll(async () => {
    await daemon.start()
    await images('docker.io', 'first')
  })
  afterAll(() => daemon.destroy())

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weir-e2e-stack-'))
    stack = await open()
    ports = await freeStackPorts()
    await change({ provider: 'docker', ports })
  })

  afterEach(async () => {
    expect(await stack.uninstall(false)).toEqual(done)
    await stack.close()
    rmSync(folder, { recursive: true, force: true })
    expect(everything()).toEqual(['', '', ''])
  })

  test('starts everything with its files, on loopback only, and says so', async () => {
    expect((await stack.preflight()).findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(await stack.start()).toEqual(done)
    expect(stack.state.phase).toBe('up')
    expect(stack.state.cards.map(({ backend, state }) => [backend, state])).toEqual(
      stoodIn.map((backend) => [backend, 'ready']),
    )
    expect(card('loki')).toMatchObject({ readiness: 'ready', version: '3.7.6', port: ports.loki, restarts: 0 })
    expect(card('loki').memoryBytes).toBeGreaterThan(0)
    const [loki] = JSON.parse(daemon.docker('inspect', `${project}-loki`)) as [{ HostConfig: Record<string, unknown> }]
    expect(loki.HostConfig).toMatchObject({ Privileged: false, Binds: null, CapDrop: ['ALL'], Memory: 1024 ** 3 })
    expect(loki.HostConfig.PortBindings).toEqual({
      '3100/tcp': [{ HostIp: '127.0.0.1', HostPort: String(ports.loki) }],
    })
    const provisioned = daemon.docker('cp', `${project}-grafana:/etc/grafana/provisioning/datasources/weir.yaml`, '-')
    expect(provisioned).toContain('http://mimir:9009/prometheus')
  })

  test('a second start, also by another process, adopts what runs', async () => {
    await stack.start()
    const before = stoodIn.map(idOf)
    expect(await stack.start()).toEqual(done)
    const other = await open()
    expect(other.state.phase).toBe('up')
    expect(await other.start()).toEqual(done)
    await other.close()
    expect(stoodIn.map(idOf)).toEqual(before)
  })

  test('stops in order, keeps the data, and starts again', async () => {
    await stack.start()
    await post('loki', 'kept')
    expect(await stack.stop()).toEqual(done)
    expect(stack.state.phase).toBe('down')
    expect(card('loki').state).toBe('stopped')
    expect(await stack.start()).toEqual(done)
    expect(daemon.docker('cp', `${project}-loki:/loki/written`, '-')).toContain('kept')
  })

  test('a changed port recreates that container only, on its data', async () => {
    await stack.start()
    await post('loki', 'kept')
    const [mimir, loki] = [idOf('mimir'), idOf('loki')]
    const port = await freePort()
    await change({ ports: { loki: port } })
    expect(stack.state.endpoints?.lokiPush).toBe(`http://127.0.0.1:${port}/loki/api/v1/push`)
    expect(await stack.start()).toEqual(done)
    expect(idOf('mimir')).toBe(mimir)
    expect(idOf('loki')).not.toBe(loki)
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)
    expect(daemon.docker('cp', `${project}-loki:/loki/written`, '-')).toContain('kept')
  })

  test('a container that crashes is seen, restarted by the engine, and named when it goes on crashing', async () => {
    await stack.start()
    await fetch(`http://127.0.0.1:${ports.loki}/crash`).catch(() => undefined)
    await waitUntil('loki was restarted', async () => {
      await stack.refresh()
      return card('loki').restarts === 1 && card('loki').state === 'ready'
    })
    await images('docker.io', 'broken', ['tempo'])
    onTestFinished(() => images('docker.io', 'first', ['tempo']))
    expect(await stack.reset('tempo')).toMatchObject({
      kind: 'failed',
      problem: { code: 'backend-exited', message: expect.stringContaining('cannot read the new format') as string },
    })
    await phaseIs('degraded')
    expect(card('tempo')).toMatchObject({ state: 'failed', problem: { code: 'backend-exited' } })
  })

  test('a crash loop is one, also in the moments its container runs', async () => {
    await images('docker.io', 'fleeting', ['tempo'])
    onTestFinished(() => images('docker.io', 'first', ['tempo']))
    await stack.start()
    await waitUntil('tempo was restarted twice', async () => {
      await stack.refresh()
      return card('tempo').restarts > 1
    })
    const seen = new Set<string>()
    for (const end = Date.now() + 8_000; Date.now() < end;) {
      await stack.refresh()
      seen.add(`${stack.state.phase} ${card('tempo').state}`)
    }
    expect([...seen]).toEqual(['degraded failed'])
    expect(card('tempo').problem?.message).toMatch(/^restarted \d times by the engine: tempo ended by itself/)
  })

  test('Alloy runs the config as a container: its receivers are on loopback, and what it sends is told', async () => {
    await images('docker.io', 'first', ['alloy'])
    onTestFinished(() => {
      config = undefined
    })
    const [grpc, http] = [await freePort(), await freePort()]
    config = `otelcol.receiver.otlp "in" {
      grpc { endpoint = "127.0.0.1:${grpc}" }
      http { endpoint = "127.0.0.1:${http}" }
      output { traces = [otelcol.exporter.otlp.out.input] }
    }
    otelcol.exporter.otlp "out" { client { endpoint = "127.0.0.1:14317" } }`
    await change({ extras: ['alloy'] })
    const squatter = createServer().listen(grpc, '127.0.0.1')
    expect((await stack.preflight()).findings).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        message: expect.stringContaining(`port ${grpc} (a receiver of the config) is taken`) as string,
      }),
    )
    await new Promise((resolve) => squatter.close(resolve))
    expect(await stack.start()).toEqual(done)
    expect(card('alloy')).toMatchObject({ state: 'ready', port: ports.alloy })
    const [{ HostConfig }] = JSON.parse(daemon.docker('inspect', `${project}-alloy`)) as [
      { HostConfig: { PortBindings: Record<string, { HostIp: string }[]> } },
    ]
    expect(Object.keys(HostConfig.PortBindings).sort()).toEqual(
      ['12345', grpc, http].map((port) => `${port}/tcp`).sort(),
    )
    expect(Object.values(HostConfig.PortBindings).flat()).toEqual(
      Array.from({ length: 3 }, () => expect.objectContaining({ HostIp: '127.0.0.1' }) as object),
    )
    expect((await fetch(`http://127.0.0.1:${http}/ready`)).status).toBe(200)
    expect(daemon.docker('cp', `${project}-alloy:/etc/alloy/weir.alloy`, '-')).toContain('endpoint = "tempo:4317"')
    await waitUntil('a rate', async () => {
      await stack.refresh()
      return (card('alloy').sent?.metrics ?? 0) > 0
    })
    expect(card('alloy').sent).toMatchObject({ logs: 0, traces: 0 })
  })

  test('Alloy takes the place of the collector of this program, which gets its ports back at the end', async () => {
    await images('docker.io', 'first', ['alloy'])
    onTestFinished(() => {
      config = undefined
      collector = undefined
    })
    const port = await freePort()
    config = `otelcol.receiver.otlp "in" {
      grpc { endpoint = "127.0.0.1:${port}" }
      output { traces = [otelcol.exporter.otlp.out.input] }
    }
    otelcol.exporter.otlp "out" { client { endpoint = "127.0.0.1:14317" } }`
    const holder = createServer()
    const listen = (): Promise<void> => new Promise((resolve) => holder.listen(port, '127.0.0.1', resolve))
    collector = {
      get running() {
        return holder.listening
      },
      start: listen,
      stop: () => new Promise((resolve) => holder.close(() => resolve())),
    }
    await listen()
    await change({ extras: ['alloy'] })
    expect((await stack.preflight()).canStart).toBe(true)
    expect(await stack.start()).toEqual(done)
    expect(holder.listening).toBe(false)
    expect(card('alloy').state).toBe('ready')
    expect(await stack.stop()).toEqual(done)
    expect(holder.listening).toBe(true)
    await new Promise((resolve) => holder.close(resolve))
  })

  test('a taken port is found before anything is made, with its owner and the next free one', async () => {
    const squatter = createServer().listen(ports.loki, '127.0.0.1')
    const { findings, canStart } = await stack.preflight()
    expect(canStart).toBe(false)
    const finding = findings.find(({ check, severity }) => check === 'port' && severity === 'error')
    expect(finding?.owner).toMatchObject({ kind: 'process', pid: process.pid })
    const fix = finding?.fix
    expect(await stack.start()).toMatchObject({ kind: 'failed', problem: { code: 'preflight-port' } })
    expect(daemon.docker('ps', '-aq')).toBe('')
    if (fix?.kind !== 'use-port') throw new Error('no port was offered')
    await change({ ports: { [fix.name]: fix.port } })
    expect(await stack.start()).toEqual(done)
    squatter.close()
  })

  test('a port another container publishes is blamed on that container, which stays untouched', async () => {
    const publish = `127.0.0.1:${ports.grafana}:3000`
    daemon.docker('network', 'create', 'elsewhere')
    const image = `docker.io/${pinnedImages.grafana.repository}:${pinnedImages.grafana.tag}`
    daemon.docker('run', '-d', '--name', 'stranger', '--network', 'elsewhere', '-p', publish, image)
    const { findings } = await stack.preflight()
    expect(findings.find(({ severity }) => severity === 'error')).toMatchObject({
      owner: { kind: 'container', name: 'stranger' },
    })
    await stack.uninstall(false)
    expect(daemon.docker('ps', '-q', '--filter', 'name=stranger')).not.toBe('')
    daemon.docker('rm', '-f', 'stranger')
    daemon.docker('network', 'rm', 'elsewhere')
  })

  test('a container of our name that is not ours is never touched', async () => {
    const image = `docker.io/${pinnedImages.loki.repository}:${pinnedImages.loki.tag}`
    daemon.docker('run', '-d', '--name', `${project}-loki`, '--network', 'none', image)
    const before = idOf('loki')
    expect(await stack.start()).toMatchObject({ kind: 'failed', problem: { code: 'name-taken' } })
    await stack.uninstall(false)
    expect(idOf('loki')).toBe(before)
    daemon.docker('rm', '-f', `${project}-loki`)
    // The volume the engine made for it carries no label either.
    daemon.docker('volume', 'prune', '-f')
  })

  test('a restart of the engine is noticed, and the stack comes back with its data', async () => {
    await stack.start()
    await post('loki', 'kept')
    const seen: StackState[] = []
    const unsubscribe = stack.subscribe((state) => seen.push(state))
    await daemon.stop()
    await waitUntil('the loss is shown', () => seen.some(({ problem }) => problem?.code === 'engine-down'))
    await daemon.start()
    await waitUntil(
      'the stack is up again',
      () => stack.state.phase === 'up' && stack.state.problem === undefined,
      60_000,
    )
    unsubscribe()
    expect(daemon.docker('cp', `${project}-loki:/loki/written`, '-')).toContain('kept')
  })

  test('data that belongs to another user is explained', async () => {
    const { repository, tag } = pinnedImages.loki
    await importStandIn(daemon, `docker.io/${repository}:${tag}`, {
      backend: 'loki',
      mark: 'first',
      rootOwnsData: true,
    })
    onTestFinished(() => images('docker.io', 'first', ['loki']))
    expect(await stack.start()).toMatchObject({ kind: 'failed', problem: { code: 'data-denied' } })
    await images('docker.io', 'first', ['loki'])
    expect(await stack.reset('loki')).toEqual(done)
  })

  test('a full disk is explained', async () => {
    const labels = [
      'dev.weir.managed=true',
      `com.docker.compose.project=${project}`,
      'com.docker.compose.service=loki',
    ].flatMap((label) => ['--label', label])
    const small = ['--opt', 'type=tmpfs', '--opt', 'device=tmpfs', '--opt', 'o=size=64k,uid=10001']
    daemon.docker('volume', 'create', ...labels, ...small, `${project}-loki`)
    expect(await stack.start()).toEqual(done)
    expect((await post('loki', 'x'.repeat(500_000)).catch(() => undefined))?.status ?? 500).toBe(500)
    await waitUntil('the problem is named', async () => {
      await stack.refresh()
      return card('loki').problem?.code === 'no-space'
    })
  })

  test('a reset deletes what one backend stored and nothing else', async () => {
    await stack.start()
    await post('loki', 'gone')
    const mimir = idOf('mimir')
    expect(await stack.reset('loki')).toEqual(done)
    expect(() => daemon.docker('cp', `${project}-loki:/loki/written`, '-')).toThrow()
    expect(idOf('mimir')).toBe(mimir)
    await phaseIs('up')
  })

  test('an uninstall leaves nothing: no container, volume, network or image', async () => {
    await images('gone.example', 'first')
    await change({ registry: 'gone.example' })
    await stack.start()
    await post('loki', 'gone')
    const { repository, tag } = pinnedImages.loki
    const image = `gone.example/${repository}:${tag}`
    expect(daemon.docker('images', '-q', image)).not.toBe('')
    expect(await stack.uninstall(true)).toEqual(done)
    expect(everything()).toEqual(['', '', ''])
    expect(daemon.docker('images', '-q', image)).toBe('')
    expect(stack.state.phase).toBe('down')
  })

  test('an upgrade replaces what differs and keeps the data', async () => {
    await images('old.example', 'first')
    await change({ registry: 'old.example' })
    await stack.start()
    await post('loki', 'kept')
    await images('docker.io', 'second')
    onTestFinished(() => images('docker.io', 'first'))
    await change({ registry: 'docker.io' })
    expect(await stack.start()).toEqual(done)
    expect(card('loki').image).toMatch(/^old\.example/)
    expect(card('loki').upgradeTo).toBe('3.7.6')
    expect(await stack.upgrade()).toEqual(done)
    for (const backend of stoodIn) {
      expect(card(backend)).toMatchObject({ state: 'ready', upgradeTo: undefined })
      const { dataPath } = pinnedImages[backend]
      expect(daemon.docker('cp', `${project}-${backend}:${dataPath}/mark`, '-')).toContain('second')
    }
    expect(daemon.docker('cp', `${project}-loki:/loki/written`, '-')).toContain('kept')
    // Grafana and Tempo worked on copies; the originals are gone.
    expect(daemon.docker('volume', 'ls', '-q').split('\n')).toHaveLength(4)
  })

  test('an upgrade that does not get ready goes back to the old version and its data', async () => {
    await images('old.example', 'first')
    await change({ registry: 'old.example' })
    await stack.start()
    const before = idOf('grafana')
    await images('docker.io', 'broken', ['grafana'])
    onTestFinished(() => images('docker.io', 'first', ['grafana']))
    await change({ registry: 'docker.io' })
    const answer = await stack.upgrade()
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'rolled-back' } })
    expect(idOf('grafana')).toBe(before)
    expect(daemon.docker('cp', `${project}-grafana:/var/lib/grafana/mark`, '-')).toContain('first')
    await stack.refresh()
    expect(card('grafana')).toMatchObject({ state: 'ready', image: expect.stringMatching(/^old\.example/) as string })
  })

  test('a pull shows its progress, can be cancelled, and goes on at the next start', async () => {
    const registry = new Registry()
    const host = await registry.listen()
    for (const backend of stoodIn) {
      const { repository, tag } = pinnedImages[backend]
      await registry.add(repository, tag, { backend, mark: 'first', noise: 2 * 1024 * 1024 })
    }
    await change({ registry: host })
    registry.bytesPerSecond = 256 * 1024
    const seen: StackState[] = []
    const unsubscribe = stack.subscribe((state) => seen.push(state))
    const starting = stack.start()
    await waitUntil('bytes arrive', () => (stack.state.pull?.fraction ?? 0) > 0.05)
    expect(stack.state.phase).toBe('pulling')
    stack.cancel()
    expect(await starting).toEqual({ kind: 'cancelled' } satisfies StackAnswer)
    await waitUntil('the engine let go of the registry', () => registry.abandoned > 0)
    expect(daemon.docker('ps', '-aq')).toBe('')
    registry.bytesPerSecond = Infinity
    expect(await stack.start()).toEqual(done)
    unsubscribe()
    const fractions = seen.flatMap(({ pull }) => (pull === undefined ? [] : [pull.fraction]))
    expect(fractions.length).toBeGreaterThan(2)
    expect(seen.some(({ pull }) => (pull?.bytesPerSecond ?? 0) > 0)).toBe(true)
    expect((await stack.uninstall(true)).kind).toBe('done')
    expect(daemon.docker('images', '-q', `${host}/grafana/loki`)).toBe('')
    registry.close()
  })

  test('an image the registry does not have, and a registry that is away, are said', async () => {
    const registry = new Registry()
    const host = await registry.listen()
    await change({ registry: host })
    expect(await stack.start()).toMatchObject({ kind: 'failed', problem: { code: 'no-such-image-tag' } })
    registry.close()
    expect(await stack.start()).toMatchObject({ kind: 'failed', problem: { code: 'offline' } })
  })

  test('images are imported from a tar', async () => {
    const image = 'saved.example/grafana/loki:3.7.6'
    await images('saved.example', 'first', ['loki'])
    daemon.docker('save', '-o', join(folder, 'images.tar'), image)
    daemon.docker('rmi', image)
    expect(await stack.importImages(join(folder, 'images.tar'))).toEqual(done)
    expect(daemon.docker('images', '-q', image)).not.toBe('')
    expect(await stack.importImages(join(folder, 'none.tar'))).toMatchObject({ problem: { code: 'no-such-file' } })
  })

  test('logs of a backend are followed', async () => {
    await stack.start()
    const lines: string[] = []
    const stop = new AbortController()
    const following = stack.followLogs('loki', (more) => lines.push(...more.map(({ text }) => text)), stop.signal)
    await waitUntil('the first line', () => lines.some((line) => line.includes('loki first listens')))
    stop.abort()
    await following
  })

  test('the proof finds its signals in every backend and through Grafana, by the names of the network', async () => {
    await stack.start()
    const proof = await proveStack(stack, '127.0.0.1:1')
    expect(proof.ticks.map(({ step, state, words }) => [step, state, words])).toEqual(
      proof.ticks.map(({ step, words }) => [step, 'passed', words]),
    )
    expect(proof.ticks.every(({ ms }) => ms !== undefined)).toBe(true)
  })
})
