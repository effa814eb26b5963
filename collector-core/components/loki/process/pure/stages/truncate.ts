import { blocks, bytes, choice, list, string } from '../../../../../schema/field.ts'
import type { ArgumentsOf } from '../../../../../schema/field.ts'
import type { Label, Labels } from '../../../../../signal/labels.ts'
import type { Entry } from './entry.ts'
import type { LineText } from './line-text.ts'
import { defineStage, problem } from './stage.ts'

const ruleFields = {
  limit: bytes('Most bytes to keep, the suffix included.', { required: true }),
  suffix: string('Text put behind what was cut.', { default: '' }),
  sources: list(string(''), 'Names to look at; all of them when empty.'),
  source_type: choice(['line', 'label', 'structured_metadata', 'extracted'], 'What to cut.', { default: 'line' }),
}

type TruncateRule = ArgumentsOf<typeof ruleFields>

/** Cuts lines, labels, metadata or extracted values that are too long; never inside a character. */
export const truncateStage = defineStage({
  fields: { rule: blocks(ruleFields, 'What to cut, and where.', { min: 1 }) },
  check: ({ rule }) =>
    rule.flatMap(({ limit, suffix, sources, source_type }, i) => [
      ...(limit <= 0 ? [problem(['rule', i, 'limit'], 'limit has to be above 0')] : []),
      ...(suffix.length >= limit ? [problem(['rule', i, 'suffix'], 'the suffix has to be shorter than limit')] : []),
      ...(source_type === 'line' && sources.length > 0
        ? [problem(['rule', i, 'sources'], 'sources has no meaning when source_type is "line"')]
        : []),
    ]),
  build({ rule: rules }, context, next) {
    const counter = context.metrics.counter('loki_process_truncated_fields_total', 'Fields cut by a stage.', ['field'])
    const cuts = rules.map((rule) => ({ kind: rule.source_type, cut: cutterOf(rule, context.text) }))
    return (entry) => {
      const cutKinds = new Set<string>()
      for (const { kind, cut } of cuts) {
        const count = cut(entry)
        if (count === 0) continue
        counter.add(count, [kind])
        cutKinds.add(kind)
        const before = entry.extracted.get('truncated')
        if (typeof before === 'string') for (const known of before.split(',')) cutKinds.add(known)
        entry.extracted.set('truncated', [...cutKinds].sort().join(','))
      }
      next(entry)
    }
  },
})

/** Cuts in place and says how many values were cut. */
type Cutter = (entry: Entry) => number

function cutterOf(rule: TruncateRule, codec: LineText): Cutter {
  const shortened = shortener(rule, codec)
  const { sources } = rule
  const concerns = (name: string): boolean => sources.length === 0 || sources.includes(name)
  switch (rule.source_type) {
    case 'line':
      return lineCutter(rule, codec)
    case 'label':
      return labelCutter(concerns, shortened)
    case 'structured_metadata':
      return (entry) => {
        const { count, pairs } = cutPairs(entry.metadata ?? [], concerns, shortened)
        if (count > 0) entry.metadata = pairs
        return count
      }
    case 'extracted':
      return ({ extracted }) => {
        let count = 0
        for (const [name, value] of sources.length > 0
          ? sources.map((key) => [key, extracted.get(key)] as const)
          : extracted.entries()) {
          const cut = typeof value === 'string' ? shortened(value) : undefined
          if (cut === undefined) continue
          extracted.set(name, cut)
          count++
        }
        return count
      }
  }
}

/** The shortened text; undefined when it is short enough. */
type Shortener = (text: string) => string | undefined

function shortener({ limit, suffix }: TruncateRule, codec: LineText): Shortener {
  const room = limit - codec.byteLength(suffix)
  return (text) => {
    // A UTF-16 unit takes up to three bytes.
    if (text.length * 3 <= room) return undefined
    const encoded = codec.encode(text)
    if (encoded.length <= room) return undefined
    return codec.decode(encoded, 0, characterStart(encoded, room, 0)) + suffix
  }
}

function lineCutter(rule: TruncateRule, codec: LineText): Cutter {
  const shortened = shortener(rule, codec)
  const room = rule.limit - codec.byteLength(rule.suffix)
  return (entry) => {
    if (entry.size <= room) return 0
    if (entry.rewritten || rule.suffix !== '') entry.line = shortened(entry.line) ?? entry.line
    else entry.narrow(entry.start, characterStart(entry.bytes, entry.start + room, entry.start))
    return 1
  }
}

/** The start of the character that byte `at` is in. */
function characterStart(bytes: Uint8Array, at: number, least: number): number {
  let start = at
  while (start > least && (bytes[start] & 0xc0) === 0x80) start--
  return start
}

function labelCutter(concerns: (name: string) => boolean, shortened: Shortener): Cutter {
  const known = new WeakMap<Labels, { readonly labels: Labels; readonly count: number }>()
  return (entry) => {
    let cut = known.get(entry.labels)
    if (cut === undefined) {
      const { count, pairs } = cutPairs([...entry.labels], concerns, shortened)
      cut = { count, labels: count === 0 ? entry.labels : entry.labels.with(pairs) }
      known.set(entry.labels, cut)
    }
    entry.labels = cut.labels
    return cut.count
  }
}

function cutPairs(
  pairs: readonly Label[],
  concerns: (name: string) => boolean,
  shortened: Shortener,
): { readonly count: number; readonly pairs: readonly Label[] } {
  let count = 0
  const cut = pairs.map((pair): Label => {
    const value = concerns(pair[0]) ? shortened(pair[1]) : undefined
    if (value === undefined) return pair
    count++
    return [pair[0], value]
  })
  return { count, pairs: cut }
}
