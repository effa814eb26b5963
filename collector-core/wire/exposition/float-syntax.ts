// Numbers as Go's strconv reads and writes them, which is what the exposition formats mean by a float.
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const infinity = /^([+-]?)inf(?:inity)?$/i
const notANumber = /^nan$/i

/**
 * The number `text` stands for, or undefined when Go would not read it: underscores, hexadecimal and numbers beyond the
 * range of a double are refused.
 */
export function parseGoFloat(text: string): number | undefined {
  if (decimal.test(text)) {
    const value = Number(text)
    return Number.isFinite(value) ? value : undefined
  }
  const infinite = infinity.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return notANumber.test(text) ? NaN : undefined
}

/** The shortest text that reads back as `value`, laid out as Go's `FormatFloat(value, 'g', -1, 64)` does. */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (value === Infinity) return '+Inf'
  if (value === -Infinity) return '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa, exponentText] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= 6) {
    const size = Math.abs(exponent)
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`
  }
  return exponent >= 0 ? String(value) : plainFraction(mantissa, exponent)
}

/**
 * The canonical text of `le` and `quantile` values in OpenMetrics: the shortest float, with `.0` appended when it shows
 * neither point nor exponent.
 */
export function formatOpenMetricsFloat(value: number): string {
  const text = formatGoFloat(value)
  return Number.isFinite(value) && !/[.e]/.test(text) ? `${text}.0` : text
}

function plainFraction(mantissa: string, exponent: number): string {
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '')
  return `${negative ? '-' : ''}0.${'0'.repeat(-exponent - 1)}${digits}`
}
