// How OTLP metrics and attributes are called in Prometheus, suffixes for unit and type included: "Prometheus and OpenMetrics
// Compatibility" of the OpenTelemetry specification, and Prometheus' translation UnderscoreEscapingWithSuffixes.

/** UCUM codes as OpenTelemetry uses them; what is not here stands for itself. */
const units = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tibibytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['1', ''],
  ['%', 'percent'],
])

/** After a slash `m` is a minute. */
const perUnits = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
])

/** As far as the type shows in the name: a counter only grows. */
export type NamedKind = 'counter' | 'gauge' | 'other'

/** `http.server.request.duration` in `s` is `http_server_request_duration_seconds`; empty when nothing of a name can stay. */
export function metricName(name: string, unit: string, kind: NamedKind): string {
  let words = name.split(/[^a-zA-Z0-9:]+/).filter((word) => word !== '')
  if (words.length === 0) return ''
  const slash = unit.indexOf('/')
  const main = unitWord(slash < 0 ? unit : unit.slice(0, slash), units)
  const per = slash < 0 ? '' : unitWord(unit.slice(slash + 1), perUnits)
  if (main !== '' && !words.includes(main)) words.push(main)
  if (per !== '' && !words.includes(per)) words.push('per', per)
  if (kind === 'counter') words = [...words.filter((word) => word !== 'total'), 'total']
  if (kind === 'gauge' && unit === '1') words = [...words.filter((word) => word !== 'ratio'), 'ratio']
  const joined = words.join('_')
  return /^[0-9]/.test(joined) ? `_${joined}` : joined
}

/** A unit in braces is a note for people. */
function unitWord(unit: string, known: ReadonlyMap<string, string>): string {
  const trimmed = unit.trim()
  if (/[{}]/.test(trimmed)) return ''
  const word = known.get(trimmed) ?? trimmed
  return word
    .split(/[^a-zA-Z0-9]+/)
    .filter((part) => part !== '')
    .join('_')
}

/** `http.route` is `http_route`; undefined when nothing of a name can stay. */
export function labelName(attribute: string): string | undefined {
  const clean = attribute.replace(/[^a-zA-Z0-9_]/gu, '_')
  if (/^_*$/.test(clean)) return undefined
  if (/^[0-9]/.test(clean)) return `key_${clean}`
  return /^_[^_]/.test(clean) ? `key${clean}` : clean
}
