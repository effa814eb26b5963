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
      'a misspelt attribute, and not that it is missing as well, nor what may follow from that',
      'discovery.relabel "d" {\n target = []\n rule {\n  acton = "keep"\n }\n}',
      ['unknown-attribute: target', 'unknown-attribute: acton'],
    ],
    [
      'null where a value is needed',
      'discovery.docker "d" { host = null }\nprometheus.remote_write "w" {\n endpoint {\n  url = null\n }\n}',
      ['missing-attribute: null', 'missing-attribute: null'],
    ],
    [
      'an export named like something every object has',
      `${sink}prometheus.relabel "a" { forward_to = [prometheus.relabel.sink.toString, prometheus.relabel.sink.__proto__] }`,
      ['unknown-export: prometheus.relabel.sink.toString', 'unknown-export: prometheus.relabel.sink.__proto__'],
    ],
    [
      'a component without the name of one of its exports',
      `${sink}prometheus.relabel "a" { forward_to = [prometheus.relabel, prometheus.relabel.sink, nothing] }`,
      [
        'unresolved-reference: prometheus.relabel',
        'unknown-export: prometheus.relabel.sink',
        'unresolved-reference: nothing',
      ],
    ],
    [
      'a misfit once, though both the graph and the decoder see it',
      'loki.write "l" { endpoint { url = "http://loki:3100/loki/api/v1/push" } }\nprometheus.relabel "a" { forward_to = loki.write.l.receiver }',
      ['ports-do-not-fit: loki.write.l.receiver'],
    ],
    [
      'errors in one place and what a check of its own finds in another, at once',
      'loki.process "p" {\n forward_to = []\n stage.regex { expression = "(" }\n stage.timestamp {\n  source = "t"\n  format = "x"\n }\n}',
      ['bad-regex: "("', 'invalid-argument: "x"'],
    ],
    [
      'nothing missing in a block that cannot be read',
      'loki.process "p" {\n forward_to = []\n stage.match {\n  selector "{}"\n }\n}',
      ['invalid-label: "{}"'],
    ],
    [
      'custom components and imports as what they are, not as unknown',
      'declare "mine" { }\nmine "a" { }\nimport.file "lib" { filename = "x" }\nlib.thing "b" { }\nprometheus.relabel "c" { forward_to = [lib.thing.b.out] }',
      [
        'unsupported-block: declare',
        'unsupported-block: mine',
        'unsupported-block: import.file',
        'unsupported-block: lib.thing',
      ],
    ],
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

  it('offers brackets around a lone receiver', () => {
    const [diagnostic] = check(
      `${sink}prometheus.relabel "a" { forward_to = prometheus.relabel.sink.receiver }`,
    ).diagnostics
    expect(diagnostic.suggestion).toMatchObject({ edit: { text: '[prometheus.relabel.sink.receiver]' } })
  })

  it('says the way around a cycle, and cuts a long one short', () => {
    const ring = (length: number): string =>
      Array.from(
        { length },
        (_, i) => `prometheus.relabel "r${i}" { forward_to = [prometheus.relabel.r${(i + 1) % length}.receiver] }\n`,
      ).join('')
    expect(check(ring(3)).diagnostics[1].message).toBe(
      'prometheus.relabel.r1 is part of a cycle: prometheus.relabel.r1 → prometheus.relabel.r2 → prometheus.relabel.r0 → prometheus.relabel.r1',
    )
    for (const { message } of check(ring(50)).diagnostics) expect(message).toMatch(/→ …$/)
  })

  it('says no more than a thousand things, and how many there are besides; what forbids running is among them', () => {
    const warnings = 'tracing {\n' + ' send_traceparent = true\n'.repeat(1) + '}\n'
    const deprecated = (i: number): string =>
      `prometheus.scrape "s${i}" {\n targets = concat([], [])\n forward_to = []\n}\n`
    const text = `${warnings}${Array.from({ length: 1200 }, (_, i) => deprecated(i)).join('')}mimir.rules.kubernetes "x" { }`
    const { diagnostics } = check(text)
    expect(diagnostics).toHaveLength(1001)
    expect(diagnostics.some(({ code }) => code === 'unsupported-component')).toBe(true)
    expect(diagnostics.at(-1)).toMatchObject({ code: 'more-problems', message: '202 more problems are not shown' })
  })

  it('answers for 5,000 components none of which finds its next within seconds', () => {
    const text = Array.from(
      { length: 5000 },
      (_, i) => `prometheus.relabel "r${i}" { forward_to = [prometheus.relabel.s${i}.receiver] }\n`,
    ).join('')
    const started = performance.now()
    expect(check(text).diagnostics).toHaveLength(1001)
    expect(performance.now() - started).toBeLessThan(10_000)
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
    const url = 'prometheus.remote_write "w" {\n endpoint {\n  url = local.file.f.content\n }\n}'
    expect(complaints(file + url)).toEqual([])
    const rule = 'discovery.relabel "d" {\n targets = []\n rule {\n  action = local.file.f.content\n }\n}'
    expect(complaints(file + rule)).toEqual([])
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
