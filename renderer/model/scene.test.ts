import { expect, test } from 'vitest'
import { ConfigDocument } from './config-document.ts'
import { drawScene } from './scene.ts'
import type { Scene } from './scene.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const sceneOf = (text: string): Scene =>
  drawScene(new ConfigDocument(text, { file: 'config.alloy', environment }).snapshot.get())

const lines = (scene: Scene): string[] => scene.edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)

test('what Weir cannot run, does not know or finds switched off is drawn all the same', () => {
  const scene = sceneOf(`
logging { }
loki.source.api "known" {
  forward_to = [loki.echo.log.receiver]
}
my.thing "unknown" {
  to = [loki.echo.log.receiver]
}
loki.echo "log" { }
// loki.echo "off" { }
`)
  expect(scene.nodes.map(({ id, standing }) => [id, standing])).toEqual([
    ['loki.source.api.known', 'opaque'],
    ['loki.echo.log', 'running'],
    ['my.thing.unknown', 'opaque'],
    ['loki.echo.off', 'disabled'],
  ])
  expect(lines(scene)).toEqual(['loki.source.api.known logs loki.echo.log', 'my.thing.unknown logs loki.echo.log'])
  expect(scene.byId.get('my.thing.unknown')?.validity).toBe('error')
  expect(scene.byId.get('loki.source.api.known')?.validity).toBeUndefined()
})

test('modules are frames around their components, which do not see those outside', () => {
  const scene = sceneOf(`
import.file "lib" {
  filename = "lib.alloy"
}
lib.filter "one" {
  to = [loki.echo.log.receiver]
}
declare "twice" {
  loki.process "p" {
    forward_to = [loki.echo.log.receiver]
  }
  loki.echo "log" { }
}
loki.echo "log" { }
`)
  expect(scene.frames.map(({ id, nodes }) => [id, nodes])).toEqual([
    ['import.file.lib', ['lib.filter.one']],
    ['declare.twice', ['declare.twice/loki.process.p', 'declare.twice/loki.echo.log']],
  ])
  expect(scene.byId.has('import.file.lib')).toBe(false)
  expect(lines(scene)).toEqual([
    'declare.twice/loki.process.p logs declare.twice/loki.echo.log',
    'lib.filter.one logs loki.echo.log',
  ])
  expect(scene.byId.get('declare.twice/loki.process.p')?.path).toEqual([
    { name: 'declare', label: 'twice' },
    { name: 'loki.process', label: 'p' },
  ])
})

test('an OTLP entrance has the hue of what enters, and each kind leaves by its own port', () => {
  const scene = sceneOf(`
otelcol.receiver.otlp "in" {
  output {
    traces = [otelcol.exporter.debug.out.input]
  }
}
otelcol.exporter.debug "out" { }
`)
  expect(scene.byId.get('otelcol.receiver.otlp.in')?.outputs.map(({ id }) => id)).toEqual([
    'out:otlp/metrics',
    'out:otlp/logs',
    'out:otlp/traces',
  ])
  expect(scene.byId.get('otelcol.exporter.debug.out')?.inputs.map(({ id, kind }) => [id, kind])).toEqual([
    ['in:otlp', 'traces'],
  ])
})

test('two components of one name are both drawn', () => {
  const scene = sceneOf('loki.echo "x" { }\nloki.echo "x" { }\n')
  expect(scene.nodes.map(({ id, path }) => [id, path])).toEqual([
    ['loki.echo.x', [{ name: 'loki.echo', label: 'x' }]],
    ['loki.echo.x (2)', [{ name: 'loki.echo', label: 'x', nth: 1 }]],
  ])
})
