import { choice, list, string } from '../../../../../schema/field.ts'
import type { Instant } from '../time/instant.ts'
import { loadLocation } from '../time/location.ts'
import { timeFormat, timeFormatProblem } from '../time/time-format.ts'
import type { Entry } from './entry.ts'
import { defineStage, problem } from './stage.ts'

const mostStreams = 10_000

/** Sets the timestamp from an extracted value. */
export const timestampStage = defineStage({
  fields: {
    source: string('Extracted value that holds the time.', { required: true }),
    format: string('Name of a format (RFC3339, Unix, UnixMs, …) or a Go layout.', { required: true }),
    fallback_formats: list(string(''), 'Formats tried in turn when the first does not fit.'),
    location: string('IANA time zone of times that carry none.'),
    action_on_failure: choice(
      ['fudge', 'skip'],
      'What to do without a time: one nanosecond after the last one, or nothing.',
      {
        default: 'fudge',
      },
    ),
    action_on_duplicate_timestamp: choice(['fudge', 'keep'], 'What to do with a time equal to the one before.', {
      default: 'fudge',
    }),
  },
  check({ source, format, fallback_formats: fallbacks, location }) {
    const problems = []
    if (source === '') problems.push(problem('source', 'source must not be empty'))
    if (format === '') problems.push(problem('format', 'format must not be empty'))
    else if (timeFormatProblem(format) !== undefined) problems.push(problem('format', timeFormatProblem(format)!))
    fallbacks.forEach((fallback, i) => {
      const message = timeFormatProblem(fallback)
      if (message !== undefined) problems.push(problem(['fallback_formats', i], message))
    })
    if (location !== undefined && loadLocation(location) === undefined) {
      problems.push(
        problem('location', `there is no time zone "${location}"; write an IANA name such as "Europe/Berlin"`),
      )
    }
    return problems
  },
  build(args, context, next) {
    const location = args.location === undefined ? undefined : loadLocation(args.location)
    const formats = [args.format, ...args.fallback_formats].map((format) => timeFormat(format, location))
    const parse = (text: string): Instant | undefined => {
      for (const format of formats) {
        const instant = format(text, context.now())
        if (instant !== undefined) return instant
      }
      return undefined
    }
    const fudgesDuplicates = args.action_on_duplicate_timestamp === 'fudge'
    const fudgesFailures = args.action_on_failure === 'fudge'
    const last = new LastTimes()
    return (entry) => {
      const text = entry.extracted.text(args.source)
      const instant = text === undefined ? undefined : parse(text)
      const before = fudgesDuplicates || fudgesFailures ? last.of(entry) : undefined
      if (instant !== undefined) {
        const duplicate = fudgesDuplicates && before !== undefined && same(before.parsed, instant)
        setTime(entry, duplicate ? before.given : instant)
        if (duplicate) entry.addNanos(1)
        if (fudgesDuplicates || fudgesFailures) last.keep(entry, instant)
      } else if (fudgesFailures && before !== undefined) {
        setTime(entry, before.given)
        entry.addNanos(1)
        last.keep(entry, before.parsed)
      }
      next(entry)
    }
  },
})

const same = (a: Instant, b: Instant): boolean => a.seconds === b.seconds && a.nanos === b.nanos

function setTime(entry: Entry, { seconds, nanos }: Instant): void {
  entry.seconds = seconds
  entry.nanos = nanos
}

/** The last time that was read, and the last one given out, per label set; the longest unused are forgotten. */
class LastTimes {
  private readonly times = new Map<string, { readonly parsed: Instant; readonly given: Instant }>()

  of(entry: Entry): { readonly parsed: Instant; readonly given: Instant } | undefined {
    return this.times.get(entry.labels.key)
  }

  keep(entry: Entry, parsed: Instant): void {
    const { key } = entry.labels
    this.times.delete(key)
    if (this.times.size >= mostStreams) this.times.delete(this.times.keys().next().value!)
    this.times.set(key, { parsed, given: { seconds: entry.seconds, nanos: entry.nanos } })
  }
}
