import type { Counter, Gauge, Histogram, LabelValues, MetricScope } from './metric-scope.ts'
import { Family } from './family.ts'
import type { FamilyKind } from './family.ts'

/** A process's own metrics; scopes add constant labels, `exposition` writes them all as Prometheus text 0.0.4. */
export interface MetricRegistry {
  /** A scope whose every sample carries `labels`. Closing it removes its series. */
  scope(labels: Readonly<Record<string, string>>): ClosableMetricScope
  exposition(): string
}

export interface ClosableMetricScope extends MetricScope {
  close(): void
}

export function createRegistry(): MetricRegistry {
  const families = new Map<string, Family>()
  const collectors = new Set<() => void>()

  const familyOf = (kind: FamilyKind, name: string, help: string, buckets: readonly number[] = []): Family => {
    let family = families.get(name)
    if (family === undefined) {
      family = new Family(kind, name, help, buckets)
      families.set(name, family)
    }
    if (family.kind !== kind) throw new Error(`metric ${name} is registered as ${family.kind} and as ${kind}`)
    return family
  }

  return {
    scope(constant) {
      const names = Object.keys(constant)
      const values = Object.values(constant)
      const own = new Set<Family>()
      const ownCollectors = new Set<() => void>()
      const scoped = (family: Family, labelNames: readonly string[]) => {
        own.add(family)
        const list = [...labelNames, ...names]
        const all = { list, key: list.join('\u0000') }
        const valuesOf = (labels: LabelValues | undefined): string[] => [...(labels ?? []), ...values]
        return {
          at: (labels?: LabelValues) => family.series(all, valuesOf(labels), scopeKey),
          remove: (labels?: LabelValues) => family.remove(all, valuesOf(labels)),
        }
      }
      const scopeKey = Symbol('scope')

      const observer = (family: Family, labelNames: readonly string[] = []): Histogram => {
        const { at, remove } = scoped(family, labelNames)
        if (labelNames.length === 0) at()
        return { observe: (value, labels) => family.observe(at(labels), value), remove }
      }
      return {
        counter(name, help, labelNames = []): Counter {
          const { at, remove } = scoped(familyOf('counter', name, help), labelNames)
          let bare = labelNames.length === 0 ? at() : undefined
          return {
            add: (amount, labels) => void ((bare ?? at(labels)).value += amount),
            remove(labels) {
              bare = undefined
              remove(labels)
            },
          }
        },
        gauge(name, help, labelNames = []): Gauge {
          const family = familyOf('gauge', name, help)
          const { at, remove } = scoped(family, labelNames)
          return {
            set: (value, labels) => void (at(labels).value = value),
            add: (amount, labels) => void (at(labels).value += amount),
            remove,
          }
        },
        histogram: (name, help, buckets, labelNames) =>
          observer(familyOf('histogram', name, help, buckets), labelNames),
        summary: (name, help, labelNames) => observer(familyOf('summary', name, help), labelNames),
        beforeScrape(collect) {
          collectors.add(collect)
          ownCollectors.add(collect)
        },
        close() {
          for (const family of own) family.removeScope(scopeKey)
          for (const collect of ownCollectors) collectors.delete(collect)
        },
      }
    },

    exposition() {
      for (const collect of collectors) collect()
      let text = ''
      for (const name of [...families.keys()].sort()) text += families.get(name)!.exposition()
      return text
    },
  }
}
