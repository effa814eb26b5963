import { quote } from '../../../collector-core/language/print-value.ts'

/** A series as PromQL writes it: `up{job="a"}`. */
export function seriesName({ __name__: name = '', ...labels }: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${quote(value)}`)
  return `${name}{${pairs.join(', ')}}`
}

const hues = ['--metrics', '--logs', '--traces', '--profiles', '--selected', '--targets'] as const

/** The custom property with the colour of the nth series. */
export function seriesHue(index: number): (typeof hues)[number] {
  return hues[index % hues.length]
}
