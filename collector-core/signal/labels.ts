/** A label name and its value. */
export type Label = readonly [name: string, value: string]

const byteOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Sets are mostly made in rows of equal names, such as the series of a metric: those share one array. */
let latestNames: readonly string[] = []

function sharedNames(names: readonly string[]): readonly string[] {
  const same = names.length === latestNames.length && names.every((name, index) => name === latestNames[index])
  // A copy has room for its elements only.
  if (!same) latestNames = names.slice()
  return latestNames
}

/**
 * An immutable label set: names unique and ascending, no empty values (an empty value means "absent", as in Prometheus).
 * The same data model serves series, log streams and discovery targets. Two sets with equal `key` are the same set;
 * object identity is only ever an optimisation.
 */
export class Labels implements Iterable<Label> {
  static readonly empty = new Labels([], [])

  readonly names: readonly string[]
  readonly values: readonly string[]
  private cachedKey: string | undefined

  private constructor(names: readonly string[], values: readonly string[]) {
    this.names = names
    this.values = values
  }

  /** Builds a set from pairs in any order; the last pair of a name wins and empty values are left out. */
  static of(pairs: Iterable<Label>): Labels {
    const map = new Map<string, string>()
    for (const [name, value] of pairs) {
      if (value === '') map.delete(name)
      else map.set(name, value)
    }
    return Labels.ofMap(map)
  }

  /** Builds a set from a map; empty values are left out. */
  static ofMap(map: ReadonlyMap<string, string>): Labels {
    if (map.size === 0) return Labels.empty
    const names: string[] = []
    for (const [name, value] of map) if (value !== '') names.push(name)
    const sorted = sharedNames(names.sort(byteOrder))
    return new Labels(
      sorted,
      sorted.map((name) => map.get(name)!),
    )
  }

  /** Builds a set from an object's own properties. */
  static from(object: Readonly<Record<string, string>>): Labels {
    return Labels.of(Object.entries(object))
  }

  get size(): number {
    return this.names.length
  }

  /** The value of a label, or `''` when the set does not have it. */
  get(name: string): string {
    const index = this.names.indexOf(name)
    return index < 0 ? '' : this.values[index]
  }

  has(name: string): boolean {
    return this.names.includes(name)
  }

  /** A string equal for equal sets and different for different ones; usable as a map key. */
  get key(): string {
    if (this.cachedKey === undefined) {
      let key = ''
      for (let i = 0; i < this.names.length; i++) key += `${this.names[i]}\u0000${this.values[i]}\u0001`
      this.cachedKey = key
    }
    return this.cachedKey
  }

  equals(other: Labels): boolean {
    return this === other || this.key === other.key
  }

  toMap(): Map<string, string> {
    const map = new Map<string, string>()
    for (let i = 0; i < this.names.length; i++) map.set(this.names[i], this.values[i])
    return map
  }

  /** This set with `changes` applied; an empty value removes the label. */
  with(changes: Iterable<Label>): Labels {
    const map = this.toMap()
    for (const [name, value] of changes) {
      if (value === '') map.delete(name)
      else map.set(name, value)
    }
    return Labels.ofMap(map)
  }

  /** The labels whose name passes `keep`. */
  filter(keep: (name: string, value: string) => boolean): Labels {
    const names: string[] = []
    const values: string[] = []
    for (let i = 0; i < this.names.length; i++) {
      if (keep(this.names[i], this.values[i])) {
        names.push(this.names[i])
        values.push(this.values[i])
      }
    }
    return names.length === this.names.length ? this : new Labels(names, values)
  }

  *[Symbol.iterator](): IterableIterator<Label> {
    for (let i = 0; i < this.names.length; i++) yield [this.names[i], this.values[i]]
  }

  /** `{a="x", b="y"}` with values quoted as in PromQL and LogQL. */
  toString(): string {
    const parts: string[] = []
    for (let i = 0; i < this.names.length; i++) parts.push(`${this.names[i]}=${quoteLabelValue(this.values[i])}`)
    return `{${parts.join(', ')}}`
  }

  toJSON(): Record<string, string> {
    return Object.fromEntries(this)
  }
}

/** Quotes a label value as Go's `strconv.Quote` does for the characters that occur in practice. */
export function quoteLabelValue(value: string): string {
  let out = '"'
  for (const char of value) {
    const code = char.codePointAt(0)!
    if (char === '"' || char === '\\') out += `\\${char}`
    else if (char === '\n') out += '\\n'
    else if (char === '\r') out += '\\r'
    else if (char === '\t') out += '\\t'
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`
    else out += char
  }
  return `${out}"`
}
