import { Random } from './random.ts'

const durations = ['45s', '1m', '2m', '5m', '13m']
const vectors = [
  'requests_total',
  'temperature',
  'queue_length',
  'up',
  'latency_seconds_bucket',
  'latency_seconds_count',
]
const counters = ['requests_total', 'latency_seconds_bucket', 'latency_seconds_count']
const overTime = [
  'rate',
  'increase',
  'irate',
  'delta',
  'idelta',
  'deriv',
  'changes',
  'resets',
  'avg_over_time',
  'sum_over_time',
  'min_over_time',
  'max_over_time',
  'count_over_time',
  'last_over_time',
  'present_over_time',
  'stddev_over_time',
  'stdvar_over_time',
]
const plain = [
  'abs',
  'ceil',
  'floor',
  'sqrt',
  'exp',
  'ln',
  'log2',
  'log10',
  'sgn',
  'round',
  'timestamp',
  'sort',
  'sort_desc',
  'atan',
  'deg',
]
const aggregates = ['sum', 'avg', 'min', 'max', 'count', 'group']
const labelLists = ['job', 'job, region', 'instance', 'code', 'region', '']
/** Without `%`, which makes a large difference of what rounding left. */
const arithmetic = ['+', '-', '*', '/', '^']
const comparisons = ['==', '!=', '>', '<', '>=', '<=']
const matchers = [
  'job="api"',
  'job!="db"',
  'job=~"a.*|web"',
  'instance=~"host-[01].*"',
  'instance!~".*2:9100"',
  'region=""',
  'region!=""',
  'region=~"|eu"',
  'code=~"[45].."',
  'job=~"(?i)API"',
]

/** Makes PromQL expressions that both a scrape of `metric-world.ts` and Prometheus 2.42 know. */
export class PromqlGenerator {
  private readonly random: Random

  constructor(seed: number) {
    this.random = new Random(seed)
  }

  /** An expression of a vector or, at times, of a scalar. */
  expression(depth = 3): string {
    return this.random.chance(0.06) ? this.scalar(depth) : this.vector(depth)
  }

  private vector(depth: number): string {
    const { random } = this
    if (depth <= 0) return this.selector(this.modifier())
    const kind = random.whole(0, 11)
    switch (kind) {
      case 0:
        return this.selector(this.modifier())
      case 1:
      case 2:
        return this.range()
      case 3:
        return `${random.pick(plain)}(${this.vector(depth - 1)})`
      case 4:
      case 5:
        return this.aggregate(depth)
      case 6:
        return this.withScalar(depth)
      case 7:
        return this.matched(depth)
      case 8:
        return this.ofSet(depth)
      case 9:
        return this.special(depth)
      case 10:
        return this.subquery()
      default:
        return random.chance(0.5) ? `-${this.selector('')}` : `(${this.vector(depth - 1)})`
    }
  }

  private selector(modifier: string, metric = this.random.pick(vectors)): string {
    const { random } = this
    const chosen = Array.from({ length: random.whole(0, 2) }, () => random.pick(matchers))
    return `${metric}${chosen.length === 0 ? '' : `{${[...new Set(chosen)].join(',')}}`}${modifier}`
  }

  private modifier(): string {
    const { random } = this
    if (random.chance(0.12)) return ` offset ${random.pick(['1m', '3m', '-1m'])}`
    return random.chance(0.05) ? random.pick([' @ start()', ' @ end()', ' @ end() offset 2m']) : ''
  }

  private range(): string {
    const { random } = this
    const span = `[${random.pick(durations)}]`
    if (random.chance(0.1))
      return `quantile_over_time(${random.pick(['0.5', '0.9', '0', '1', '1.5'])}, ${this.selector(span)})`
    if (random.chance(0.1)) return `predict_linear(${this.selector(span, 'temperature')}, 600)`
    if (random.chance(0.05)) return `absent_over_time(${this.selector(span)})`
    const name = random.pick(overTime)
    // A regression over infinities has no stable answer in floating point, and what goes down is no counter.
    const metric =
      name === 'deriv'
        ? 'temperature'
        : name === 'rate' || name === 'increase'
          ? random.pick(counters)
          : random.pick(vectors)
    return `${name}(${this.selector(span + this.modifier(), metric)})`
  }

  private aggregate(depth: number): string {
    const { random } = this
    const grouping = random.chance(0.8) ? ` ${random.pick(['by', 'without'])} (${random.pick(labelLists)})` : ''
    const inner = this.vector(depth - 1)
    if (random.chance(0.15)) return `quantile${grouping}(${random.pick(['0.3', '0.95', '-1', '2'])}, ${inner})`
    if (random.chance(0.15))
      return `${random.pick(['topk', 'bottomk'])}${grouping}(${random.whole(1, 4)}, temperature + 0 * ${this.selector('', 'temperature')})`
    if (random.chance(0.06)) return `count_values${grouping}("value", ${this.selector('', 'up')})`
    if (random.chance(0.15))
      return `${random.pick(['stddev', 'stdvar'])}${grouping}(${this.selector('', 'temperature')})`
    return `${random.pick(aggregates)}${grouping}(${inner})`
  }

  private withScalar(depth: number): string {
    const { random } = this
    const compare = random.chance(0.5)
    const operator = compare ? random.pick(comparisons) + (random.chance(0.5) ? ' bool' : '') : random.pick(arithmetic)
    const number = random.pick(['2', '0.5', '100', '-3', '(1 / 0)', 'NaN', this.scalar(depth - 1)])
    const vector = this.vector(depth - 1)
    return random.chance(0.7) ? `${vector} ${operator} ${number}` : `${number} ${operator} ${vector}`
  }

  private matched(depth: number): string {
    const { random } = this
    const operator = random.chance(0.6)
      ? random.pick(arithmetic)
      : random.pick(comparisons) + (random.chance(0.4) ? ' bool' : '')
    switch (random.whole(0, 4)) {
      case 0:
        return `requests_total ${operator} ignoring (code) group_left sum without (code) (${this.selector('', 'requests_total')})`
      case 1:
        return `${this.selector('', 'temperature')} ${operator} on (job, instance) ${this.selector('', 'up')}`
      case 2:
        return `sum by (job) (${this.vector(depth - 1)}) ${operator} on (job) group_right (region) ${this.selector('', 'temperature')}`
      case 3:
        return `${this.selector('', 'queue_length')} ${operator} ignoring (queue) ${this.selector('', 'temperature')}`
      default:
        return `${this.vector(depth - 1)} ${operator} ${this.vector(depth - 1)}`
    }
  }

  private ofSet(depth: number): string {
    const { random } = this
    const on = random.chance(0.5) ? ` ${random.pick(['on', 'ignoring'])} (${random.pick(labelLists)})` : ''
    return `${this.vector(depth - 1)} ${random.pick(['and', 'or', 'unless'])}${on} ${this.vector(depth - 1)}`
  }

  private special(depth: number): string {
    const { random } = this
    switch (random.whole(0, 8)) {
      case 8:
        return `${this.selector('', 'requests_total')} % ${random.pick(['7', '0.5', '-3', '0'])}`
      case 7:
        return `${random.pick(['hour', 'minute', 'day_of_week', 'day_of_month', 'month', 'year', 'days_in_month'])}(${random.pick(['', 'timestamp(up)', `vector(time() - ${random.whole(0, 9)}e6)`])})`
      case 0:
        return `histogram_quantile(${random.pick(['0.5', '0.99', '0', '1'])}, sum by (le${random.pick(['', ', job'])}) (rate(latency_seconds_bucket[${random.pick(durations)}])))`
      case 1:
        return `label_replace(${this.vector(depth - 1)}, "host", "$1-${random.whole(1, 9)}", "instance", "(.*):.*")`
      case 2:
        return `label_join(${this.vector(depth - 1)}, "both", "/", "job", "instance")`
      case 3:
        return `clamp(${this.vector(depth - 1)}, ${random.whole(-50, 0)}, ${random.whole(1, 500)})`
      case 4:
        return `absent(${this.selector('')})`
      case 5:
        return `round(${this.vector(depth - 1)}, ${random.pick(['0.1', '5', '10'])})`
      default:
        return `vector(${this.scalar(depth - 1)})`
    }
  }

  private subquery(): string {
    const { random } = this
    const span = `[${random.pick(['3m', '7m'])}:${random.pick(['', '20s', '1m'])}]`
    const inner = random.chance(0.5) ? `rate(requests_total[1m])` : this.selector('', 'temperature')
    return `${random.pick(['max_over_time', 'avg_over_time', 'count_over_time', 'last_over_time'])}(${inner}${span}${random.chance(0.2) ? ' offset 1m' : ''})`
  }

  private scalar(depth: number): string {
    const { random } = this
    switch (random.whole(0, 4)) {
      case 0:
        return 'time()'
      case 1:
        return `scalar(${depth > 0 ? `sum(${this.selector('', 'temperature')})` : 'up{job="api"}'})`
      case 2:
        return `(${random.whole(1, 9)} ${random.pick(arithmetic)} ${random.whole(1, 9)})`
      case 3:
        return `(${random.whole(1, 9)} ${random.pick(comparisons)} bool ${random.whole(1, 9)})`
      default:
        return String(random.whole(-5, 50))
    }
  }
}
