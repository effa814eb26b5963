// Reads a page of the text exposition format 0.0.4, just enough to look up Weir's own metrics in it.

export interface MetricsPage {
  /** Sum of the series of that name whose labels include the given ones; undefined when there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number | undefined
}

export function parseMetrics(text: string): MetricsPage {
  const series = text.split('\n').flatMap((line) => {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line)
    if (match === null) return []
    const [, name, inBraces = '', value] = match
    const labels = [...inBraces.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map((pair) => [pair[1], pair[2]] as const)
    return [{ name, labels: new Map(labels), value: numberOf(value) }]
  })
  return {
    value(name, labels = {}) {
      const found = series.filter(
        (one) => one.name === name && Object.entries(labels).every(([label, value]) => one.labels.get(label) === value),
      )
      return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0)
    },
  }
}

function numberOf(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text)
}
