import type { MetricMetadata, MetricType } from '../../../signal/metric-batch.ts'
import { familyBound } from './scrape-bounds.ts'

/** What one target says of its metric families, and what of it is news. */
export class FamilyMetadata {
  private readonly families = new Map<string, MetricMetadata>()
  private readonly changed = new Set<string>()
  /** Characters held, for the gauge. */
  characters = 0

  get size(): number {
    return this.families.size
  }

  set(field: 'type' | 'help' | 'unit', family: string, text: string): void {
    const known = this.families.get(family)
    if (known === undefined && this.families.size >= familyBound) return
    const before = known ?? { family, type: 'unknown', help: '', unit: '' }
    const after: MetricMetadata =
      field === 'type' ? { ...before, type: text as MetricType } : { ...before, [field]: text }
    if (known?.[field] === after[field]) return
    this.characters += after.help.length + after.unit.length
    this.characters += known === undefined ? family.length : -(known.help.length + known.unit.length)
    this.families.set(family, after)
    this.changed.add(family)
  }

  /** Families that are new or different since this was asked last. */
  takeChanged(): MetricMetadata[] {
    if (this.changed.size === 0) return []
    const taken = [...this.changed].map((family) => this.families.get(family)!)
    this.changed.clear()
    return taken
  }
}
