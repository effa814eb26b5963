import { Labels } from '../../../../../signal/labels.ts'
import { textOf } from './value.ts'
import type { Value } from './value.ts'

/** What stages have found out about an entry. It starts out holding the entry's labels, which are only looked up, not copied. */
export class Extracted {
  private base = Labels.empty
  private readonly own = new Map<string, Value>()
  private readonly hidden = new Set<string>()

  /** Forgets everything and starts from `base`. */
  reset(base: Labels): void {
    this.base = base
    if (this.own.size > 0) this.own.clear()
    if (this.hidden.size > 0) this.hidden.clear()
  }

  /** The value of a key; undefined when there is no such key, null when its source said null. */
  get(key: string): Value | undefined {
    const value = this.own.get(key)
    if (value !== undefined) return value
    const index = this.base.names.indexOf(key)
    return index >= 0 && !this.hidden.has(key) ? this.base.values[index] : undefined
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** The text of a key; undefined when it is absent or null. */
  text(key: string): string | undefined {
    return textOf(this.get(key))
  }

  set(key: string, value: Value): void {
    this.own.set(key, value)
  }

  delete(key: string): void {
    this.own.delete(key)
    if (this.base.has(key)) this.hidden.add(key)
  }

  /** Takes over labels as they are now. */
  copyLabels(labels: Labels): void {
    if (labels === this.base && this.own.size === 0 && this.hidden.size === 0) return
    for (let i = 0; i < labels.names.length; i++) this.own.set(labels.names[i], labels.values[i])
  }

  /** Everything, names ascending. */
  entries(): (readonly [string, Value])[] {
    const keys = new Set(this.own.keys())
    for (const name of this.base.names) if (!this.hidden.has(name)) keys.add(name)
    return [...keys].sort().map((key) => [key, this.get(key)!] as const)
  }

  clone(): Extracted {
    const copy = new Extracted()
    copy.base = this.base
    for (const [key, value] of this.own) copy.own.set(key, value)
    for (const key of this.hidden) copy.hidden.add(key)
    return copy
  }
}
