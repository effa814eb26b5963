import { bool, choice, duration, float, list, string, variants } from '../../../../../schema/field.ts'
import type { ArgumentsOf, Variant } from '../../../../../schema/field.ts'
import type { ArgumentProblem } from '../../../../../schema/definition.ts'
import type { Entry } from './entry.ts'
import { CustomMetric } from './custom-metric.ts'
import { numberOf } from './number-of.ts'
import { defineStage, problem } from './stage.ts'
import type { StageContext } from './stage.ts'
import { textOf } from './value.ts'
import type { Value } from './value.ts'

const metricFields = {
  name: string('Name of the metric, without its prefix.', { required: true }),
  description: string('What the metric tells.', { default: '' }),
  source: string('Extracted value to use; the name when empty.', { default: '' }),
  prefix: string('Put in front of the name.', { default: '' }),
  max_idle_duration: duration('A series that was not updated for this long is removed.', { default: 300_000 }),
  value: string('Only act when the extracted value equals this.', { default: '' }),
}
const counterFields = {
  ...metricFields,
  action: choice(['inc', 'add'], 'Add one, or the extracted value.', { required: true }),
  match_all: bool('Count every line, whether or not the extracted value exists.', { default: false }),
  count_entry_bytes: bool('Add the bytes of the line; needs match_all and action = "add".', { default: false }),
}
const gaugeFields = {
  ...metricFields,
  action: choice(['set', 'inc', 'dec', 'add', 'sub'], 'What to do with the gauge.', { required: true }),
}
const histogramFields = {
  ...metricFields,
  buckets: list(float(''), 'Upper bounds of the buckets, ascending.', { required: true }),
}

type MetricVariant =
  | Variant<'counter', ArgumentsOf<typeof counterFields>>
  | Variant<'gauge', ArgumentsOf<typeof gaugeFields>>
  | Variant<'histogram', ArgumentsOf<typeof histogramFields>>

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const defaultPrefix = 'loki_process_custom_'

/** Updates metrics of the user's own from entries. */
export const metricsStage = defineStage({
  remembers: true,
  fields: {
    metric: variants<MetricVariant>(
      'metric',
      () => ({ counter: counterFields, gauge: gaugeFields, histogram: histogramFields }),
      'The metrics to update.',
    ),
  },
  check: ({ metric: metrics }) =>
    metrics.flatMap((metric, i) =>
      checkMetric(metric).map((found) => ({ ...found, path: ['metric', i, ...found.path] })),
    ),
  build({ metric: metrics }, context, next) {
    const updates = metrics.map((metric) => updateOf(metric, context))
    return (entry) => {
      for (const update of updates) update(entry)
      next(entry)
    }
  },
})

function checkMetric(metric: MetricVariant): ArgumentProblem[] {
  const { name, prefix, max_idle_duration: idle } = metric.arguments
  const problems: ArgumentProblem[] = []
  if (!metricName.test((prefix || defaultPrefix) + name))
    problems.push(problem('name', `"${prefix}${name}" cannot be a metric name`))
  if (idle < 1000) problems.push(problem('max_idle_duration', 'max_idle_duration has to be at least 1s'))
  if (metric.variant === 'counter') {
    const { action, match_all: all, count_entry_bytes: countBytes, value } = metric.arguments
    if (all && value !== '') problems.push(problem('value', 'set match_all or value, not both'))
    if (countBytes && (!all || action !== 'add')) {
      problems.push(problem('count_entry_bytes', 'count_entry_bytes needs match_all = true and action = "add"'))
    }
  }
  if (metric.variant === 'histogram') {
    const { buckets } = metric.arguments
    if (buckets.length === 0) problems.push(problem('buckets', 'at least one bucket is needed'))
    if (buckets.some((bound, i) => i > 0 && bound <= buckets[i - 1]))
      problems.push(problem('buckets', 'buckets have to ascend'))
  }
  return problems
}

function updateOf(metric: MetricVariant, context: StageContext): (entry: Entry) => void {
  const args = metric.arguments
  const name = (args.prefix || defaultPrefix) + args.name
  const custom = new CustomMetric(
    metric.variant,
    name,
    args.description,
    metric.variant === 'histogram' ? metric.arguments.buckets : [],
    {
      context,
      maxIdleMs: args.max_idle_duration,
    },
  )
  if (metric.variant === 'counter' && metric.arguments.match_all) {
    const { action, count_entry_bytes: countBytes } = metric.arguments
    if (countBytes) return (entry) => custom.add(entry.labels, entry.size)
    return action === 'inc' ? (entry) => custom.add(entry.labels, 1) : () => undefined
  }
  const source = args.source || args.name
  const act = actionOf(metric, custom)
  return (entry) => {
    const value = entry.extracted.get(source)
    if (value === undefined || (args.value !== '' && textOf(value) !== args.value)) return
    act(entry, value)
  }
}

function actionOf(metric: MetricVariant, custom: CustomMetric): (entry: Entry, value: Value) => void {
  const withNumber =
    (apply: (entry: Entry, number: number) => void) =>
    (entry: Entry, value: Value): void => {
      const number = numberOf(value)
      if (number !== undefined) apply(entry, number)
    }
  if (metric.variant === 'histogram') return withNumber((entry, number) => custom.observe(entry.labels, number))
  switch (metric.arguments.action) {
    case 'inc':
      return (entry) => custom.add(entry.labels, 1)
    case 'dec':
      return (entry) => custom.add(entry.labels, -1)
    case 'set':
      return withNumber((entry, number) => custom.set(entry.labels, number))
    case 'sub':
      return withNumber((entry, number) => custom.add(entry.labels, -number))
    case 'add':
      // A counter never goes down.
      return withNumber((entry, number) => {
        if (metric.variant === 'gauge' || number >= 0) custom.add(entry.labels, number)
      })
  }
}
