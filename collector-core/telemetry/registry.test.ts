import { describe, expect, it } from 'vitest'
import { createRegistry } from './registry.ts'

describe('the registry', () => {
  it('writes counters, gauges, histograms and summaries in text format, families sorted by name', () => {
    const registry = createRegistry()
    const scope = registry.scope({ component_id: 'a.b' })
    scope.counter('z_total', 'Z.').add(2)
    scope.gauge('g', 'G.', ['reason']).set(1.5, ['x"\\\n'])
    const histogram = scope.histogram('h_seconds', 'H.', [0.1, 1])
    histogram.observe(0.1)
    histogram.observe(5)
    scope.summary('s', 'S.').observe(3)
    expect(registry.exposition()).toBe(
      [
        '# HELP g G.',
        '# TYPE g gauge',
        'g{reason="x\\"\\\\\\n",component_id="a.b"} 1.5',
        '# HELP h_seconds H.',
        '# TYPE h_seconds histogram',
        'h_seconds_bucket{component_id="a.b",le="0.1"} 1',
        'h_seconds_bucket{component_id="a.b",le="1"} 1',
        'h_seconds_bucket{component_id="a.b",le="+Inf"} 2',
        'h_seconds_sum{component_id="a.b"} 5.1',
        'h_seconds_count{component_id="a.b"} 2',
        '# HELP s S.',
        '# TYPE s summary',
        's_sum{component_id="a.b"} 3',
        's_count{component_id="a.b"} 1',
        '# HELP z_total Z.',
        '# TYPE z_total counter',
        'z_total{component_id="a.b"} 2',
        '',
      ].join('\n'),
    )
  })

  it('exposes an unlabelled counter at zero, shares families between scopes, and forgets a closed scope', () => {
    const registry = createRegistry()
    const first = registry.scope({ component_id: 'one' })
    const second = registry.scope({ component_id: 'two' })
    first.counter('c_total', 'C.')
    second.counter('c_total', 'C.').add(1)
    expect(registry.exposition()).toContain('c_total{component_id="one"} 0\nc_total{component_id="two"} 1\n')
    first.close()
    expect(registry.exposition()).not.toContain('"one"')
    expect(registry.exposition()).toContain('"two"')
  })

  it('refuses one name with two kinds', () => {
    const scope = createRegistry().scope({})
    scope.counter('c', 'C.')
    expect(() => scope.gauge('c', 'C.')).toThrow(/registered as counter/)
  })

  it('collects lazily before each exposition until the scope closes', () => {
    const registry = createRegistry()
    const scope = registry.scope({})
    let size = 1
    const gauge = scope.gauge('size', 'Size.')
    scope.beforeScrape(() => gauge.set(size))
    expect(registry.exposition()).toContain('size 1\n')
    size = 2
    expect(registry.exposition()).toContain('size 2\n')
    scope.close()
    expect(registry.exposition()).toBe('')
  })
})

it('series of one name may have different labels, and can be taken out', () => {
  const registry = createRegistry()
  const scope = registry.scope({})
  const byApp = scope.counter('lines_total', 'Lines.', ['app'])
  const byJob = scope.counter('lines_total', 'Lines.', ['job'])
  const bare = scope.counter('lines_total', 'Lines.')
  byApp.add(1, ['x'])
  byJob.add(2, ['x'])
  bare.add(3)
  expect(registry.exposition()).toContain('lines_total{app="x"} 1\nlines_total{job="x"} 2')
  byApp.remove(['x'])
  bare.remove()
  expect(registry.exposition().match(/^lines_total.*$/gm)).toEqual(['lines_total{job="x"} 2'])
  bare.add(1)
  expect(registry.exposition()).toContain('lines_total 1\n')
})
