import { describe, expect, it } from 'vitest'
import { catalog } from '../catalog.ts'
import { checkConfig } from './check.ts'

const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0.0.0' }
const check = (text: string) => checkConfig([{ file: 'config.alloy', text }], catalog, environment)

/** `code: the text it stands at` of each diagnostic. */
function complaints(text: string): string[] {
  return check(text).diagnostics.map(({ code, span }) => `${code}: ${text.slice(span.start, span.end)}`)
}

const sink = 'prometheus.relabel "sink" { forward_to = [] }\n'

describe('checking a config', () => {
  it('accepts the empty config and names the file of a diagnostic', () => {
    expect(check('').diagnostics).toEqual([])
    expect(check('x = 1').diagnostics[0]).toMatchObject({ file: 'config.alloy', code: 'unrecognized-attribute' })
  })

  it.each([
    ['an unknown component', 'prometheus.relabell "a" { }', ['unknown-component: prometheus.relabell']],
    ['a missing label', 'prometheus.relabel { forward_to = [] }', ['missing-label: prometheus.relabel']],
    ['a second declaration', `${sink}${sink}`, ['duplicate-component: prometheus.relabel']],
    ['a label on a config block', 'logging "x" { }', ['unexpected-label: "x"']],
    ['a config block twice', 'logging { }\nlogging { }', ['duplicate-block: logging']],
    ['a block that cannot run yet', 'declare "x" { }', ['unsupported-block: declare']],
    [
      'a component of Alloy that Weir only keeps',
      'mimir.rules.kubernetes "x" { }',
      ['unsupported-component: mimir.rules.kubernetes'],
    ],
    [
      'a reference to nothing',
      'prometheus.relabel "a" { forward_to = [prometheus.relabel.b.receiver] }',
      ['unresolved-reference: prometheus.relabel.b.receiver'],
    ],
    [
      'an export that does not exist',
      `${sink}prometheus.relabel "a" { forward_to = [prometheus.relabel.sink.output] }`,
      ['unknown-export: prometheus.relabel.sink.output'],
    ],
    [
      'ports that do not fit',
      'discovery.relabel "d" { targets = [] }\nprometheus.relabel "a" { forward_to = [discovery.relabel.d.output] }',
      ['ports-do-not-fit: discovery.relabel.d.output'],
    ],
    ['a missing attribute', 'discovery.relabel "d" { }', ['missing-attribute: discovery.relabel']],
    ['a misspelt attribute', 'discovery.relabel "d" {\n target = []\n targets = []\n}', ['unknown-attribute: target']],
    [
      'an attribute twice',
      'discovery.relabel "d" {\n targets = []\n targets = []\n}',
      ['duplicate-attribute: targets = []'],
    ],
    [
      'a block written as attribute',
      'discovery.relabel "d" {\n targets = []\n rule = []\n}',
      ['must-be-block: rule = []'],
    ],
    ['an attribute written as block', 'discovery.relabel "d" {\n targets { }\n}', ['must-be-attribute: targets']],
    [
      'a wrong type, at the innermost part',
      'discovery.relabel "d" {\n targets = [{"a" = "b"}, {"c" = [1]}]\n}',
      ['wrong-type: [1]'],
    ],
    [
      "what only the definition's own check knows, at its argument",
      'discovery.relabel "d" {\n targets = []\n rule {\n  action = "hashmod"\n  target_label = "x"\n }\n}',
      ['invalid-argument: rule'],
    ],
    [
      'a cycle, at the references that make it',
      'prometheus.relabel "a" { forward_to = [prometheus.relabel.b.receiver] }\nprometheus.relabel "b" { forward_to = [prometheus.relabel.a.receiver] }',
      ['cycle: prometheus.relabel.b.receiver', 'cycle: prometheus.relabel.a.receiver'],
    ],
  ])('reports %s', (_, text, expected) => {
    expect(complaints(text)).toEqual(expected)
  })

  it('offers the nearest name as an edit', () => {
    const [diagnostic] = check('discovery.relabel "d" {\n targets = []\n rule {\n  acton = "keep"\n }\n}').diagnostics
    expect(diagnostic.suggestion).toMatchObject({ text: 'did you mean "action"?', edit: { text: 'action' } })
  })

  it('does not judge values that only running can tell', () => {
    const text = `
discovery.docker "d" { host = "unix:///var/run/docker.sock" }
discovery.relabel "r" { targets = array.concat(discovery.docker.d.targets, [discovery.docker.d.targets[0]]) }`
    expect(complaints(text)).toEqual([])
  })

  it('checks the rest of arguments of which one is not known or cannot be read', () => {
    const process = (selector: string): string =>
      `loki.process "p" {\n forward_to = []\n stage.match {\n  selector = ${selector}\n  action = "drop"\n }\n}`
    const file = 'local.file "f" { filename = "/selector" }\n'
    expect(complaints(file + process('local.file.f.content'))).toEqual([])
    expect(complaints(process(`'{level="WARN"}'`))).toEqual([`wrong-quotes: '{level="WARN"}'`])
  })

  it('draws edges in the direction data flows', () => {
    const { graph, order } = check(`
discovery.docker "d" { host = "unix:///var/run/docker.sock" }
discovery.relabel "r" { targets = discovery.docker.d.targets }
${sink}prometheus.relabel "a" { forward_to = [prometheus.relabel.sink.receiver] }`)
    expect(graph.edges.map(({ from, to, port }) => [from, to, port])).toEqual([
      ['discovery.docker.d', 'discovery.relabel.r', 'targets'],
      ['prometheus.relabel.a', 'prometheus.relabel.sink', 'metrics'],
    ])
    expect(order.indexOf('discovery.docker.d')).toBeLessThan(order.indexOf('discovery.relabel.r'))
    expect(order.indexOf('prometheus.relabel.sink')).toBeLessThan(order.indexOf('prometheus.relabel.a'))
  })
})
