// `weir ui` as a whole: the real host, the real collector in its own process, a window over a real socket.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import type { CollectorState, LogLine } from '../../host/contract/collector-report.ts'
import type { DiskChange } from '../../host/contract/project.ts'
import type { TapFrame } from '../../host/contract/tap.ts'
import { freePort } from '../free-port.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { weir } from '../weir-process.ts'
import { collectorPid, connectWindow, startUi } from './ui-process.ts'

const pipeline = (keep: string): string => `
prometheus.exporter.self "own" { }

prometheus.scrape "own" {
  targets         = prometheus.exporter.self.own.targets
  forward_to      = [prometheus.relabel.some.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
}

prometheus.relabel "some" {
  forward_to = [prometheus.echo.log.receiver]
  rule {
    source_labels = ["__name__"]
    regex         = "${keep}"
    action        = "keep"
  }
}

prometheus.echo "log" { }
`

function configFile(text = pipeline('up')): string {
  const path = join(scratchFolder(), 'config.alloy')
  writeFileSync(path, text)
  return path
}

/** A process that has ended but was not waited for by its new parent is over as well. */
function alive(pid: number): boolean {
  const stat = `/proc/${pid}/stat`
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'))
}

test('a window opens, edits, applies, saves and sees items cross an edge', async () => {
  const path = configFile()
  const ui = await startUi([path])
  const window = await connectWindow(ui)
  const project = await window.call('openProject', {})
  expect(project).toMatchObject({ path, text: pipeline('up'), readOnly: false })

  const frames: (Pipeline | StatsFrame)[] = []
  window.subscribe('frames', {}, (frame) => frames.push(frame))
  await waitUntil('samples flow', () =>
    frames.some((frame) => frame.kind === 'stats' && frame.edges.some(({ items }) => items > 0)),
  )
  expect(frames.find(({ kind }) => kind === 'pipeline')).toMatchObject({ nodes: { length: 4 }, edges: { length: 3 } })
  expect(await window.call('component', { id: 'prometheus.scrape.own' })).toMatchObject({
    health: { state: 'healthy' },
  })

  const edited = pipeline('up|process_cpu_seconds_total')
  expect(await window.call('applyConfig', { text: edited })).toMatchObject({ kind: 'applied' })
  expect(await window.call('runningConfig', {})).toBe(edited)
  expect(readFileSync(path, 'utf8')).toBe(pipeline('up'))
  const refused = await window.call('applyConfig', { text: `${edited}\nprometheus.ehco "x" { }` })
  expect(refused).toMatchObject({ kind: 'refused', diagnostics: [{ file: path, severity: 'error' }] })
  expect(await window.call('runningConfig', {})).toBe(edited)

  const taps: TapFrame[] = []
  window.subscribe('tap', { to: 'prometheus.echo.log', perSecond: 20 }, (frame) => taps.push(frame))
  await waitUntil('tapped samples', () =>
    taps.some(({ items }) => items.some(({ labels }) => labels.__name__ === 'process_cpu_seconds_total')),
  )
  const lines: LogLine[] = []
  window.subscribe('collectorLog', {}, (next) => lines.push(...next))
  await waitUntil('log lines', () => lines.some(({ component }) => component === 'prometheus.echo.log'))

  expect(await window.call('saveProject', { text: edited, expected: project.version })).toMatchObject({ kind: 'saved' })
  expect(readFileSync(path, 'utf8')).toBe(edited)
  const changes: DiskChange[] = []
  window.subscribe('diskChanges', {}, (change) => changes.push(change))
  writeFileSync(path, '// by another program\n')
  await waitUntil('the change of another program', () => changes.length > 0)
  expect(changes).toMatchObject([{ kind: 'written', text: '// by another program\n' }])
  rmSync(path)
  await waitUntil('the file is missed', () => changes.length > 1)
  expect(changes[1]).toEqual({ kind: 'gone' })
})

test('a collector that is killed comes back with what ran; its host tells of it', async () => {
  const ui = await startUi([configFile()])
  const window = await connectWindow(ui)
  const states: CollectorState['kind'][] = []
  window.subscribe('collectorState', {}, ({ kind }) => states.push(kind))
  await window.call('applyConfig', { text: pipeline('up|scrape_.*') })
  const killed = await collectorPid(ui)
  process.kill(killed, 'SIGKILL')
  await waitUntil('it runs again', () => states.includes('restarting') && states.at(-1) === 'running')
  expect(await window.call('runningConfig', {})).toBe(pipeline('up|scrape_.*'))
  expect(await collectorPid(ui)).not.toBe(killed)
  await window.call('stopCollector', {})
  expect(states.at(-1)).toBe('stopped')
  await window.call('startCollector', {})
  await waitUntil('it runs', () => states.at(-1) === 'running')
})

test('no collector is left behind, whether its host is asked to stop or killed', async () => {
  const asked = await startUi([configFile()])
  const first = await collectorPid(asked)
  const ended = await asked.child.terminate('SIGINT')
  expect(ended).toMatchObject({ code: 0 })
  expect(ended.tookMs).toBeLessThan(10_000)
  expect(alive(first)).toBe(false)

  const killed = await startUi([configFile()])
  const second = await collectorPid(killed)
  await killed.child.kill()
  await waitUntil('the collector stops by itself', () => !alive(second), 15_000)
})

test('a window that lost its host finds the next one at the same address, cookie in hand', async () => {
  const path = configFile()
  const addr = `127.0.0.1:${await freePort()}`
  const ui = await startUi([path], { addr })
  expect((await fetch(`http://${addr}/`)).status).toBe(401)
  const window = await connectWindow(ui)
  let restarts = 0
  const states: CollectorState['kind'][] = []
  const restarted = (): number => ++restarts
  window.subscribe('collectorState', {}, ({ kind }) => states.push(kind), { restarted })
  await waitUntil('it runs', () => states.at(-1) === 'running')
  await ui.child.kill()
  await expect(window.call('settings', {})).rejects.toMatchObject({ code: 'host-lost' })
  const next = await startUi([path], { addr, storage: ui.storage })
  expect(next.address).toBe(ui.address)
  await waitUntil('the window is back', () => restarts === 1 && states.at(-1) === 'running')
  expect(await window.call('settings', {})).toMatchObject({ theme: 'system' })
})

test('a config that is not there, and an address that is not this machine’s, are refused in words', () => {
  const missing = weir('ui', '--addr', '127.0.0.1:0', '--storage.path', scratchFolder(), '/nowhere/config.alloy')
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('does not exist') as string })
  const open = weir('ui', '--addr', '0.0.0.0:0')
  expect(open).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not an address on this machine') as string,
  })
})
