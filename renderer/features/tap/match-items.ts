// What a component did to what went through it, told from the items that went in and those that came out.
import type { TapItem } from '../../../host/contract/tap.ts'

/** `reduced`: parts were taken away and nothing else; `unknown`: its partner may be one that was not kept. */
export type Mark = 'unmodified' | 'modified' | 'reduced' | 'dropped' | 'unknown' | 'made'

/** An item before and after, as far as both are known. */
export interface Passage {
  readonly before: TapItem | undefined
  readonly after: TapItem | undefined
  readonly mark: Mark
}

/** How long a component may take before an item without a partner counts as dropped. */
const graceMs = 3_000

/**
 * Pairs items of one component: by time, text and labels; then by time and text; then by time alone, the most alike first.
 * `complete` says that nothing was left out, `now` is the time of the newest frame. Newest first.
 */
export function matchItems(
  before: readonly TapItem[],
  after: readonly TapItem[],
  complete: boolean,
  now: number,
): Passage[] {
  const partners = new Map<TapItem, TapItem>()
  const taken = new Set<TapItem>()
  for (const keyOf of [exactKey, textKey, timeKey]) {
    const free = new Map<string, TapItem[]>()
    for (const item of after) {
      if (taken.has(item)) continue
      const key = keyOf(item)
      free.set(key, [...(free.get(key) ?? []), item])
    }
    for (const item of before) {
      if (partners.has(item)) continue
      const partner = mostAlike(item, free.get(keyOf(item))?.filter((other) => !taken.has(other)) ?? [])
      if (partner === undefined) continue
      partners.set(item, partner)
      taken.add(partner)
    }
  }
  const passages = before.map((item): Passage => {
    const partner = partners.get(item)
    if (partner !== undefined) return { before: item, after: partner, mark: compare(item, partner) }
    return { before: item, after: undefined, mark: complete && now - item.at >= graceMs ? 'dropped' : 'unknown' }
  })
  const made = after
    .filter((item) => !taken.has(item))
    .map((item): Passage => ({ before: undefined, after: item, mark: complete ? 'made' : 'unknown' }))
  return [...passages, ...made].sort((a, b) => crossedAt(b) - crossedAt(a))
}

/** How many pairs are compared for one item; a scrape has thousands of samples of one time. */
const mostCompared = 50

function mostAlike(item: TapItem, candidates: readonly TapItem[]): TapItem | undefined {
  const scored = candidates.slice(0, mostCompared).map((candidate) => ({ candidate, score: likeness(item, candidate) }))
  return scored.reduce<(typeof scored)[number] | undefined>(
    (best, one) => (best === undefined || one.score > best.score ? one : best),
    undefined,
  )?.candidate
}

function likeness(a: TapItem, b: TapItem): number {
  const same = Object.entries(a.labels).filter(([name, value]) => b.labels[name] === value).length
  return same + (a.labels.__name__ === b.labels.__name__ ? 4 : 0) + (a.text === b.text ? 4 : 0)
}

function compare(before: TapItem, after: TapItem): Mark {
  const labels = subset(after.labels, before.labels)
  const attributes = subset(after.attributes, before.attributes)
  if (before.text === after.text && labels === 'same' && attributes === 'same') return 'unmodified'
  const onlyLess = labels !== 'other' && attributes !== 'other' && before.text.includes(after.text)
  return onlyLess ? 'reduced' : 'modified'
}

function subset(
  part: Readonly<Record<string, string>>,
  whole: Readonly<Record<string, string>>,
): 'same' | 'less' | 'other' {
  const names = Object.keys(part)
  if (names.some((name) => part[name] !== whole[name])) return 'other'
  return names.length === Object.keys(whole).length ? 'same' : 'less'
}

const crossedAt = ({ before, after }: Passage): number => before?.at ?? after?.at ?? 0
const timeKey = ({ kind, timestamp }: TapItem): string => `${kind} ${timestamp}`
const textKey = (item: TapItem): string => `${timeKey(item)} ${item.text}`
const exactKey = (item: TapItem): string => `${textKey(item)} ${labelText(item.labels)} ${labelText(item.attributes)}`

/** `{a="b", c="d"}`, sorted by name. */
export function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${pairs.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`
}
