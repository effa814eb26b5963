import { Labels } from '../../../../collector-core/signal/labels.ts'
import { matchesValue } from './matcher.ts'
import type { LabelMatcher } from './matcher.ts'

/** A series or a log stream: its labels, and the windows in which it has data. */
export interface Entry {
  readonly id: number
  readonly labels: Labels
  readonly windows: Set<number>
}

/** Finds entries by their labels. Entries without a window are forgotten. */
export class LabelIndex {
  private readonly byKey = new Map<string, Entry>()
  private readonly byName = new Map<string, Map<string, Set<Entry>>>()
  private lastId = 0

  get size(): number {
    return this.byKey.size
  }

  get(labels: Labels): Entry | undefined {
    return this.byKey.get(labels.key)
  }

  add(labels: Labels): Entry {
    return this.insert(this.lastId + 1, labels)
  }

  /** Puts back what an earlier process stored. */
  restore(id: number, labels: Labels, window: number): void {
    const entry = this.byKey.get(labels.key) ?? this.insert(id, labels)
    entry.windows.add(window)
  }

  /** Takes a window away from all entries, and the entries that have no other. */
  dropWindow(window: number): Entry[] {
    const gone: Entry[] = []
    for (const entry of this.byKey.values()) {
      if (entry.windows.delete(window) && entry.windows.size === 0) gone.push(entry)
    }
    for (const entry of gone) this.remove(entry)
    return gone
  }

  /** The entries that satisfy every matcher and have data in a window of `[first, last]`. */
  select(matchers: readonly LabelMatcher[], first: number, last: number): Entry[] {
    const narrow = this.narrowest(matchers)
    const tests = matchers.map((matcher) => ({ name: matcher.name, passes: remembering(matcher) }))
    const found: Entry[] = []
    for (const entry of narrow) {
      if (!tests.every(({ name, passes }) => passes(entry.labels.get(name)))) continue
      if (inWindows(entry, first, last)) found.push(entry)
    }
    return found
  }

  /** Label names of all entries with data in the windows. */
  names(first: number, last: number): string[] {
    const names: string[] = []
    for (const [name, values] of this.byName) {
      if (someEntry(values.values(), first, last)) names.push(name)
    }
    return names.sort()
  }

  /** Values of a label among all entries with data in the windows. */
  values(name: string, first: number, last: number): string[] {
    const values: string[] = []
    for (const [value, entries] of this.byName.get(name)?.entries() ?? []) {
      if (someEntry([entries], first, last)) values.push(value)
    }
    return values.sort()
  }

  private narrowest(matchers: readonly LabelMatcher[]): Iterable<Entry> {
    let best: ReadonlySet<Entry> | undefined
    for (const { name, op, value } of matchers) {
      if (op !== '=' || value === '') continue
      const entries = this.byName.get(name)?.get(value)
      if (entries === undefined) return []
      if (best === undefined || entries.size < best.size) best = entries
    }
    return best ?? this.byKey.values()
  }

  private insert(id: number, labels: Labels): Entry {
    const entry: Entry = { id, labels, windows: new Set() }
    this.lastId = Math.max(this.lastId, id)
    this.byKey.set(labels.key, entry)
    for (const [name, value] of labels) {
      let values = this.byName.get(name)
      if (values === undefined) this.byName.set(name, (values = new Map<string, Set<Entry>>()))
      const entries = values.get(value)
      if (entries === undefined) values.set(value, new Set([entry]))
      else entries.add(entry)
    }
    return entry
  }

  private remove(entry: Entry): void {
    this.byKey.delete(entry.labels.key)
    for (const [name, value] of entry.labels) {
      const values = this.byName.get(name)
      const entries = values?.get(value)
      if (values === undefined || entries === undefined) continue
      entries.delete(entry)
      if (entries.size === 0) values.delete(value)
      if (values.size === 0) this.byName.delete(name)
    }
  }
}

function inWindows({ windows }: Entry, first: number, last: number): boolean {
  if (last - first < windows.size) {
    for (let window = first; window <= last; window++) if (windows.has(window)) return true
    return false
  }
  for (const window of windows) if (window >= first && window <= last) return true
  return false
}

function someEntry(sets: Iterable<ReadonlySet<Entry>>, first: number, last: number): boolean {
  for (const entries of sets) for (const entry of entries) if (inWindows(entry, first, last)) return true
  return false
}

/** A matcher that runs its pattern once per distinct value. */
function remembering(matcher: LabelMatcher): (value: string) => boolean {
  if (matcher.regex === undefined) return (value) => matchesValue(matcher, value)
  const known = new Map<string, boolean>()
  return (value) => {
    let answer = known.get(value)
    if (answer === undefined) known.set(value, (answer = matchesValue(matcher, value)))
    return answer
  }
}

/** Labels as a stored value. */
export function encodeLabels(labels: Labels): Uint8Array {
  return Buffer.from(JSON.stringify([...labels]))
}

/** Reads what `encodeLabels` wrote. */
export function decodeLabels(bytes: Uint8Array): Labels {
  return Labels.of(JSON.parse(Buffer.from(bytes).toString()) as [string, string][])
}
