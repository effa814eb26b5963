import { describe, expect, test } from 'vitest'
import { ConfigDocument } from '../config-document.ts'
import { drawScene } from '../scene.ts'
import type { Scene, SceneNode } from '../scene.ts'
import { addAtWire, addBetween, addComponent, insertOnEdge, planComponent } from './add.ts'
import { copyNodes, paste, readyToPaste } from './clipboard.ts'
import { connectPorts, disconnectEdges, moveEdge } from './connect.ts'
import { disableNodes, enableNodes } from './disable.ts'
import { bridgesBetween, fittingPort, misfitOf } from './fit.ts'
import type { WireEnd } from './fit.ts'
import { newBlock } from './new-block.ts'
import { canBridge, removeSelected } from './remove.ts'
import { renameNode } from './rename.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import { catalog } from '../../../collector-core/catalog.ts'
import { parse } from '../../../collector-core/language/parser.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }
const open = (text: string): ConfigDocument => new ConfigDocument(text, { file: 'config.alloy', environment })
const sceneOf = (document: ConfigDocument): Scene => drawScene(document.snapshot.get())

/** The text after a gesture, or the refusal; undo has to give the text before. */
function after(text: string, gesture: (scene: Scene) => EditResult): string {
  const document = open(text)
  const refused = document.apply(gesture(sceneOf(document)))
  if (refused) return `refused: ${refused.refused}`
  const result = document.text
  expect(document.snapshot.get().parsed.diagnostics).toEqual([])
  if (result !== text) expect(document.depth.get().undo).toBe(1)
  document.undo()
  expect(document.text).toBe(text)
  return result
}

const node = (scene: Scene, id: string): SceneNode => {
  const found = scene.byId.get(id)
  if (found === undefined) throw new Error(`no ${id} in ${[...scene.byId.keys()].join()}`)
  return found
}

const end = (scene: Scene, id: string, port: string): WireEnd => {
  const owner = node(scene, id)
  const found = [...owner.inputs, ...owner.outputs].find((one) => one.id === port)
  if (found === undefined) throw new Error(`${id} has no ${port}`)
  return { node: owner, port: found }
}

const metrics = `// how it starts
prometheus.scrape "app" {
  targets    = [{"__address__" = "app:80"}] // one
  forward_to = [prometheus.remote_write.mimir.receiver]
}

prometheus.remote_write "mimir" {
  endpoint {
    url = "http://mimir:9009/api/v1/push"
  }
}
`

const edge = (scene: Scene, index = 0) => scene.edges[index]

describe('adding', () => {
  test('a component gets a free label and what it cannot do without, at the end of the file', () => {
    const text = after(metrics, (scene) => addComponent(scene, planComponent(scene, 'prometheus.relabel')))
    expect(text).toBe(`${metrics}\nprometheus.relabel "default" {\n  forward_to = []\n}\n`)
    const twice = after(text, (scene) => addComponent(scene, planComponent(scene, 'prometheus.relabel')))
    expect(twice).toContain('prometheus.relabel "default_2" {')
  })

  test.each([...catalog.components.keys(), 'otelcol.connector.spanmetrics', 'loki.enrich'])(
    'a new %s can be read, and what is missing is said without hiding it',
    (name) => {
      expect(parse(newBlock(name, 'x')).diagnostics).toEqual([])
      const { checked } = open(newBlock(name, 'x')).snapshot.get()
      const codes = checked.diagnostics.map(({ code }) => code).filter((code) => code !== 'unsupported-component')
      expect(codes.filter((code) => code !== 'invalid-argument')).toEqual([])
    },
  )

  test('on an edge only that connection changes', () => {
    const text = after(metrics, (scene) => insertOnEdge(scene, edge(scene), planComponent(scene, 'prometheus.relabel')))
    expect(text).toBe(
      metrics
        .replace('[prometheus.remote_write.mimir.receiver]', '[prometheus.relabel.default.receiver]')
        .replace(
          '\nprometheus.remote_write "mimir"',
          '\nprometheus.relabel "default" {\n  forward_to = [prometheus.remote_write.mimir.receiver]\n}\n$&',
        ),
    )
  })

  test('on an edge of values the reader is led to the new export', () => {
    const text = `discovery.docker "all" {
  host = "unix:///var/run/docker.sock"
}

loki.source.docker "logs" {
  host       = "unix:///var/run/docker.sock"
  targets    = discovery.docker.all.targets
  forward_to = []
}
`
    const inserted = after(text, (scene) => insertOnEdge(scene, edge(scene), planComponent(scene, 'discovery.relabel')))
    expect(inserted).toContain('targets    = discovery.relabel.default.output\n')
    expect(inserted).toContain('discovery.relabel "default" {\n  targets = discovery.docker.all.targets\n}\n')
  })

  test('what does not fit on an edge is refused', () => {
    const refused = after(metrics, (scene) => insertOnEdge(scene, edge(scene), planComponent(scene, 'loki.process')))
    expect(refused).toBe('refused: loki.process does not fit on this edge.')
  })

  test('at the loose end of a wire, in either direction', () => {
    const onward = after(metrics, (scene) =>
      addAtWire(scene, planComponent(scene, 'prometheus.echo'), end(scene, 'prometheus.scrape.app', 'out:metrics')),
    )
    expect(onward).toContain('[prometheus.remote_write.mimir.receiver, prometheus.echo.default.receiver]')
    const back = after(metrics, (scene) =>
      addAtWire(
        scene,
        planComponent(scene, 'prometheus.exporter.self'),
        end(scene, 'prometheus.scrape.app', 'in:targets'),
      ),
    )
    expect(back).toContain(
      'targets    = concat([{"__address__" = "app:80"}], prometheus.exporter.self.default.targets) // one',
    )
  })

  test('an OTLP component passes on the kind that reaches it', () => {
    const text = 'otelcol.receiver.otlp "in" {\n\tgrpc { }\n\n\toutput {\n\t\ttraces = []\n\t}\n}\n'
    const added = after(text, (scene) =>
      addAtWire(
        scene,
        planComponent(scene, 'otelcol.processor.batch'),
        end(scene, 'otelcol.receiver.otlp.in', 'out:otlp/traces'),
      ),
    )
    expect(added).toContain('traces = [otelcol.processor.batch.default.input]')
    const inserted = after(added, (scene) => {
      const component = planComponent(scene, 'otelcol.processor.probabilistic_sampler')
      return insertOnEdge(scene, edge(scene), component)
    })
    expect(inserted).toContain('output {\n\t\ttraces = [otelcol.processor.batch.default.input]\n\t}')
  })

  test('between ports that do not fit stands a component that translates', () => {
    const text = 'otelcol.receiver.otlp "in" {\n\toutput { }\n}\n\nprometheus.echo "out" { }\n'
    const bridged = after(text, (scene) => {
      const from = end(scene, 'otelcol.receiver.otlp.in', 'out:otlp/metrics')
      const to = end(scene, 'prometheus.echo.out', 'in:metrics')
      const { bridges } = misfitOf(scene, from, to)!
      expect(bridges).toContain('otelcol.exporter.prometheus')
      return addBetween(scene, planComponent(scene, 'otelcol.exporter.prometheus'), from, to)
    })
    expect(bridged).toContain('metrics = [otelcol.exporter.prometheus.default.input]')
    expect(bridged).toContain('forward_to = [prometheus.echo.out.receiver]')
  })
})

describe('connecting', () => {
  const text = `${metrics}
prometheus.relabel "a" {
  forward_to = [prometheus.relabel.b.receiver]
}

prometheus.relabel "b" {
  forward_to = []
}

loki.echo "log" { }

// prometheus.echo "off" { }
`

  test.each([
    ['prometheus.relabel.b', 'out:metrics', 'prometheus.remote_write.mimir', 'in:metrics', undefined],
    ['prometheus.relabel.a', 'out:metrics', 'prometheus.relabel.b', 'in:metrics', 'They are connected already.'],
    [
      'prometheus.relabel.b',
      'out:metrics',
      'prometheus.relabel.a',
      'in:metrics',
      'This would close a circle through prometheus.relabel.b, which has no beginning.',
    ],
    [
      'prometheus.relabel.b',
      'out:metrics',
      'prometheus.relabel.b',
      'in:metrics',
      'A component cannot be connected to itself.',
    ],
    [
      'prometheus.relabel.b',
      'out:metrics',
      'loki.echo.log',
      'in:logs',
      'This gives Prometheus metrics, but that takes Loki logs.',
    ],
    ['loki.echo.log', 'in:logs', 'prometheus.relabel.b', 'out:metrics', 'Connect an output to an input.'],
    [
      'prometheus.relabel.b',
      'out:metrics',
      'prometheus.echo.off',
      'in:metrics',
      'prometheus.echo.off is switched off: switch it on first.',
    ],
  ])('%s %s to %s %s', (from, out, to, into, reason) => {
    const scene = sceneOf(open(text))
    expect(misfitOf(scene, end(scene, from, out), end(scene, to, into))?.reason).toBe(reason)
    const result = after(text, (scene) => connectPorts(scene, end(scene, from, out), end(scene, to, into)))
    if (reason) expect(result).toBe(`refused: ${reason}`)
    else expect(result).toBe(text.replace('forward_to = []', `forward_to = [${to}.receiver]`))
  })

  test('relabel rules are one reference, set and taken away whole', () => {
    const logs = 'loki.source.docker "d" {\n  host = "x"\n}\n\nloki.relabel "r" {\n  forward_to = []\n}\n'
    const connected = after(logs, (scene) =>
      connectPorts(scene, end(scene, 'loki.relabel.r', 'out:rules'), end(scene, 'loki.source.docker.d', 'in:rules')),
    )
    expect(connected).toBe(logs.replace('host = "x"\n', 'host = "x"\n  relabel_rules = loki.relabel.r.rules\n'))
    expect(after(connected, (scene) => disconnectEdges(scene, scene.edges))).toBe(logs)
  })

  test('a wire is cut where it is written, and not where it is part of an expression', () => {
    expect(after(metrics, (scene) => disconnectEdges(scene, scene.edges))).toBe(
      metrics.replace('[prometheus.remote_write.mimir.receiver]', '[]'),
    )
    const part =
      'discovery.docker "d" {\n  host = "x"\n}\nprometheus.scrape "s" {\n  targets = [discovery.docker.d.targets[0]]\n  forward_to = []\n}\n'
    expect(after(part, (scene) => disconnectEdges(scene, scene.edges))).toMatch(/^refused: The connection is part/)
  })

  test('the port that fits is found on a whole node', () => {
    const scene = sceneOf(open(text))
    const out = end(scene, 'prometheus.relabel.b', 'out:metrics').port
    expect(fittingPort(out, node(scene, 'prometheus.remote_write.mimir'))?.id).toBe('in:metrics')
    expect(fittingPort(out, node(scene, 'loki.echo.log'))).toBeUndefined()
  })

  test('targets become metrics through what scrapes, which Weir runs and so offers first', () => {
    const scene = sceneOf(open(`${metrics}\nprometheus.exporter.self "me" { }\n`))
    const out = end(scene, 'prometheus.exporter.self.me', 'out:targets').port
    const into = end(scene, 'prometheus.remote_write.mimir', 'in:metrics').port
    expect(bridgesBetween(out, into)[0]).toBe('prometheus.scrape')
  })
})

const chain = `prometheus.scrape "app" {
  targets    = []
  forward_to = [
    prometheus.relabel.drop.receiver, // first
    prometheus.echo.log.receiver,
  ]
}

// drops what nobody reads
prometheus.relabel "drop" {
  forward_to = [prometheus.echo.log.receiver, prometheus.echo.two.receiver]
}

prometheus.echo "log" { }

prometheus.echo "two" { }
`

describe('removing', () => {
  test('with a bridge what fed it feeds what it fed, without repeating what is there', () => {
    expect(canBridge(sceneOf(open(chain)), ['prometheus.relabel.drop'])).toBe(true)
    const text = after(chain, (scene) => removeSelected(scene, ['prometheus.relabel.drop'], [], true))
    expect(text).toBe(
      chain
        .replace('prometheus.relabel.drop.receiver, // first', 'prometheus.echo.two.receiver, // first')
        .replace(/\/\/ drops[^}]*}\n\n/, ''),
    )
  })

  test('without a bridge references to it go too', () => {
    expect(after(chain, (scene) => removeSelected(scene, ['prometheus.relabel.drop'], [], false))).toBe(
      chain.replace('    prometheus.relabel.drop.receiver, // first\n', '').replace(/\/\/ drops[^}]*}\n\n/, ''),
    )
    expect(canBridge(sceneOf(open(chain)), ['prometheus.echo.log'])).toBe(false)
  })

  test('several at once are bridged together', () => {
    const longer = chain
      .replace('[prometheus.echo.log.receiver, prometheus.echo.two.receiver]', '[prometheus.relabel.keep.receiver]')
      .concat('\nprometheus.relabel "keep" {\n  forward_to = [prometheus.echo.two.receiver]\n}\n')
    const both = ['prometheus.relabel.drop', 'prometheus.relabel.keep']
    const text = after(longer, (scene) => removeSelected(scene, both, [], true))
    expect(text).toContain('    prometheus.echo.two.receiver, // first\n')
    expect(text).not.toContain('relabel')
  })

  test('what is switched off is removed with its lines', () => {
    const off =
      'prometheus.echo "a" { }\n\n// prometheus.relabel "off" {\n//   forward_to = []\n// }\n\nprometheus.echo "b" { }\n'
    expect(after(off, (scene) => removeSelected(scene, ['prometheus.relabel.off'], [], false))).toBe(
      'prometheus.echo "a" { }\n\nprometheus.echo "b" { }\n',
    )
  })
})

describe('switching off', () => {
  test.each<[string, readonly string[], string]>([
    [
      'prometheus.relabel.drop',
      [],
      '    /* prometheus.relabel.drop.receiver */ prometheus.echo.two.receiver, // first\n',
    ],
    ['prometheus.echo.log', [], '    /* prometheus.echo.log.receiver, */\n'],
  ])('%s is led past, and on again is as it was', (id, more, line) => {
    const off = after(chain, (scene) => disableNodes(scene, [id, ...more]))
    expect(off).toContain(line)
    const scene = sceneOf(open(off))
    expect(node(scene, id).standing).toBe('disabled')
    expect(
      open(off)
        .snapshot.get()
        .checked.diagnostics.filter(({ severity }) => severity === 'error'),
    ).toEqual([])
    expect(after(off, (scene) => enableNodes(scene, [id]))).toBe(chain)
  })

  test('several receivers stand in for one, and give way again', () => {
    const text = chain.replace('    prometheus.echo.log.receiver,\n', '')
    const off = after(text, (scene) => disableNodes(scene, ['prometheus.relabel.drop']))
    expect(off).toContain(
      '/* prometheus.relabel.drop.receiver ×2 */ prometheus.echo.log.receiver, prometheus.echo.two.receiver, // first',
    )
    expect(after(off, (scene) => enableNodes(scene, ['prometheus.relabel.drop']))).toBe(text)
  })

  test('what is read is led past too', () => {
    const text = `discovery.docker "d" {
  host = "unix:///x"
}

discovery.relabel "r" {
  targets = discovery.docker.d.targets
}

loki.source.docker "s" {
  host          = "unix:///x"
  targets       = discovery.relabel.r.output
  forward_to    = []
  relabel_rules = discovery.relabel.r.rules
}
`
    const off = after(text, (scene) => disableNodes(scene, ['discovery.relabel.r']))
    expect(off).toContain('targets       = /* discovery.relabel.r.output */ discovery.docker.d.targets\n')
    expect(off).toContain('/* relabel_rules = discovery.relabel.r.rules */')
    expect(after(off, (scene) => enableNodes(scene, ['discovery.relabel.r']))).toBe(text)
  })
})

describe('copying, pasting and renaming', () => {
  test('a copy is Alloy text, and its pasted references stay among themselves', () => {
    const scene = sceneOf(open(chain))
    const copied = copyNodes(scene, ['prometheus.relabel.drop', 'prometheus.echo.two'])
    expect(parse(copied).diagnostics).toEqual([])
    const ready = readyToPaste(scene, copied)
    if (ready.kind === 'refused') throw new Error(ready.reason)
    expect(ready.ids).toEqual(['prometheus.relabel.drop_2', 'prometheus.echo.two_2'])
    expect(after(chain, (scene) => paste(scene, ready))).toBe(
      `${chain}\nprometheus.relabel "drop_2" {\n  forward_to = [prometheus.echo.log.receiver, prometheus.echo.two_2.receiver]\n}\n\nprometheus.echo "two_2" { }\n`,
    )
  })

  test.each([
    ['receivers:\n  otlp:\nexporters:\n  debug:\n', 'OpenTelemetry Collector.*--source-format=otelcol'],
    ['global:\n  scrape_interval: 15s\nscrape_configs:\n  - job_name: x\n', '--source-format=prometheus'],
    ['clients:\n  - url: http://x\nscrape_configs:\n  - job_name: x\n', '--source-format=promtail'],
    ['{"a": 1}', 'JSON'],
    ['hello there', 'does not hold Alloy configuration'],
    ['', 'no component'],
    ['a = 1', '"a" stands outside of a block'],
    ['logging { }', 'may have only one'],
  ])('%j is refused with a reason', (text, reason) => {
    const ready = readyToPaste(sceneOf(open(`logging { }\n${chain}`)), text)
    expect(ready.kind === 'refused' && ready.reason).toMatch(new RegExp(reason))
  })

  test('a new name is followed wherever it is referred to', () => {
    expect(after(chain, (scene) => renameNode(scene, node(scene, 'prometheus.echo.log'), 'all'))).toBe(
      chain.replaceAll('prometheus.echo.log', 'prometheus.echo.all').replace('echo "log"', 'echo "all"'),
    )
  })
})

describe('taking an end of an edge elsewhere', () => {
  const logs = `loki.source.file "app" {
  targets    = []
  forward_to = [loki.echo.first.receiver, loki.relabel.app.receiver, loki.echo.last.receiver]
}

loki.relabel "app" {
  forward_to = [loki.echo.last.receiver]
}

loki.echo "first" { }

loki.echo "last" { }

loki.write "out" { }
`
  const between = (scene: Scene, from: string, to: string) =>
    scene.edges.find((one) => one.from === from && one.to === to)!

  test('a reference keeps its place among others', () => {
    const text = after(logs, (scene) =>
      moveEdge(
        scene,
        between(scene, 'loki.source.file.app', 'loki.relabel.app'),
        end(scene, 'loki.source.file.app', 'out:logs'),
        end(scene, 'loki.write.out', 'in:logs'),
      ),
    )
    expect(text).toBe(logs.replace('loki.relabel.app.receiver', 'loki.write.out.receiver'))
  })

  test('where another component gives the data, the reference goes over to it', () => {
    const text = after(logs, (scene) =>
      moveEdge(
        scene,
        between(scene, 'loki.source.file.app', 'loki.echo.first'),
        end(scene, 'loki.relabel.app', 'out:logs'),
        end(scene, 'loki.echo.first', 'in:logs'),
      ),
    )
    expect(text).toBe(
      logs
        .replace('[loki.echo.first.receiver, ', '[')
        .replace(
          'forward_to = [loki.echo.last.receiver]',
          'forward_to = [loki.echo.last.receiver, loki.echo.first.receiver]',
        ),
    )
  })

  test('it is refused where a new wire would be', () => {
    const text = after(logs, (scene) =>
      moveEdge(
        scene,
        between(scene, 'loki.source.file.app', 'loki.relabel.app'),
        end(scene, 'loki.source.file.app', 'out:logs'),
        end(scene, 'loki.echo.last', 'in:logs'),
      ),
    )
    expect(text).toBe('refused: They are connected already.')
  })
})
