const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** A size as people read it: `512 B`, `3.1 MiB`. */
export function byteText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1023.5 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1
  return `${value.toFixed(digits)} ${units[unit]}`
}
