export type FamilyKind = 'counter' | 'gauge' | 'histogram' | 'summary'

/** One labelled series of a family; `value` is the sum for observations. */
export interface SeriesState {
  readonly labels: string
  readonly scope: symbol
  value: number
  count: number
  readonly bucketCounts: number[]
}

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
const escapeValue = (text: string): string => escapeHelp(text).replaceAll('"', '\\"')

/** Number formatting of the text exposition format. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  return String(value)
}

/** Label names, and what stands for them in a key. */
export interface LabelNames {
  readonly list: readonly string[]
  readonly key: string
}

const seriesKey = (names: LabelNames, values: readonly string[]): string => `${names.key}\u0001${values.join('\u0000')}`

/** All series of one metric name, with its kind and help. */
export class Family {
  readonly kind: FamilyKind
  readonly name: string
  private readonly help: string
  private readonly buckets: readonly number[]
  private readonly states = new Map<string, SeriesState>()

  constructor(kind: FamilyKind, name: string, help: string, buckets: readonly number[]) {
    this.kind = kind
    this.name = name
    this.help = help
    this.buckets = buckets
  }

  /** The series with these labels, created at zero. */
  series(names: LabelNames, values: readonly string[], scope: symbol): SeriesState {
    const key = seriesKey(names, values)
    let state = this.states.get(key)
    if (state === undefined) {
      const pairs: string[] = []
      names.list.forEach((name, i) => {
        if (values[i] !== '') pairs.push(`${name}="${escapeValue(values[i])}"`)
      })
      state = {
        labels: pairs.join(','),
        scope,
        value: 0,
        count: 0,
        bucketCounts: this.buckets.map(() => 0),
      }
      this.states.set(key, state)
    }
    return state
  }

  observe(state: SeriesState, value: number): void {
    state.value += value
    state.count++
    const bucket = this.buckets.findIndex((bound) => value <= bound)
    if (bucket >= 0) state.bucketCounts[bucket]++
  }

  remove(names: LabelNames, values: readonly string[]): void {
    this.states.delete(seriesKey(names, values))
  }

  removeScope(scope: symbol): void {
    for (const [key, state] of this.states) if (state.scope === scope) this.states.delete(key)
  }

  /** Text 0.0.4 of this family, empty when it has no series. */
  exposition(): string {
    if (this.states.size === 0) return ''
    let text = `# HELP ${this.name} ${escapeHelp(this.help)}\n# TYPE ${this.name} ${this.kind}\n`
    for (const state of this.states.values()) text += this.lines(state)
    return text
  }

  private lines(state: SeriesState): string {
    const { labels, value, count } = state
    const braces = labels === '' ? '' : `{${labels}}`
    if (this.kind === 'counter' || this.kind === 'gauge') return `${this.name}${braces} ${formatValue(value)}\n`
    let text = ''
    if (this.kind === 'histogram') {
      const prefix = labels === '' ? '' : `${labels},`
      let cumulative = 0
      this.buckets.forEach((bound, i) => {
        cumulative += state.bucketCounts[i]
        text += `${this.name}_bucket{${prefix}le="${formatValue(bound)}"} ${cumulative}\n`
      })
      text += `${this.name}_bucket{${prefix}le="+Inf"} ${count}\n`
    }
    return `${text}${this.name}_sum${braces} ${formatValue(value)}\n${this.name}_count${braces} ${count}\n`
  }
}
