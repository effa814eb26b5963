const unitMs: Readonly<Record<string, number>> = {
  y: 365 * 86_400_000,
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
}
const units = ['y', 'w', 'd', 'h', 'm', 's', 'ms']

/** A duration as Prometheus writes it, e.g. `1d12h` (units from large to small, whole numbers), in milliseconds. */
export function parsePrometheusDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (!/^(\d+(y|w|d|h|ms|m|s))+$/.test(text)) return undefined
  let total = 0
  let last = -1
  for (const [, amount, unit] of text.matchAll(/(\d+)(y|w|d|ms|h|m|s)/g)) {
    const rank = units.indexOf(unit)
    if (rank <= last) return undefined
    last = rank
    total += Number(amount) * unitMs[unit]
  }
  return Number.isSafeInteger(total) ? total : undefined
}

/** `milliseconds` as Prometheus writes a duration, e.g. `1m30s`. */
export function formatPrometheusDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s'
  let rest = Math.round(milliseconds)
  let text = ''
  for (const unit of units) {
    // Years and weeks only when they come out even, as Prometheus does.
    if ((unit === 'y' || unit === 'w') && rest % unitMs[unit] !== 0) continue
    const amount = Math.floor(rest / unitMs[unit])
    if (amount === 0) continue
    text += `${amount}${unit}`
    rest -= amount * unitMs[unit]
  }
  return text
}
