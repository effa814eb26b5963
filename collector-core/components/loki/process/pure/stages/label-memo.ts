import type { Labels } from '../../../../../signal/labels.ts'

/** A change that looks at nothing but labels. */
export type LabelEdit = (labels: Labels) => Labels

const mostValues = 10_000

/** Remembers the outcome of a label change per label set, so it is computed once per stream. */
export function memoLabels(edit: LabelEdit): LabelEdit {
  const known = new WeakMap<Labels, Labels>()
  let last: Labels | undefined
  let lastResult: Labels
  return (labels) => {
    if (labels === last) return lastResult
    let result = known.get(labels)
    if (result === undefined) {
      result = edit(labels)
      known.set(labels, result)
    }
    last = labels
    lastResult = result
    return result
  }
}

/**
 * Sets one label on any set; equal inputs give the same object, so that streams stay few. Remembers up to 10,000 values
 * per label set, then starts over.
 */
export class LabelSetter {
  private readonly name: string
  private readonly known = new WeakMap<Labels, Map<string, Labels>>()

  constructor(name: string) {
    this.name = name
  }

  /** `labels` with the label set to `value`; an empty value removes it. */
  set(labels: Labels, value: string): Labels {
    let byValue = this.known.get(labels)
    if (byValue === undefined) {
      byValue = new Map<string, Labels>()
      this.known.set(labels, byValue)
    }
    let result = byValue.get(value)
    if (result === undefined) {
      if (byValue.size >= mostValues) byValue.clear()
      result = labels.get(this.name) === value ? labels : labels.with([[this.name, value]])
      byValue.set(value, result)
    }
    return result
  }
}
