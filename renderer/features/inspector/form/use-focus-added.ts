import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** What of a new part is filled in first. */
const firstOf = ['input, textarea, [role="combobox"]', 'button']

/** Gives the focus to the newest of some parts, marked with `data-part`, once one was added by hand. */
export function useFocusAdded(count: number): {
  readonly group: RefObject<HTMLDivElement | null>
  /** Told before a part is added. */
  readonly adding: () => void
} {
  const group = useRef<HTMLDivElement>(null)
  const before = useRef<number>(undefined)
  useEffect(() => {
    if (before.current === undefined || count <= before.current) return
    before.current = undefined
    const newest = [...(group.current?.querySelectorAll<HTMLElement>(':scope > [data-part]') ?? [])].at(-1)
    const first = firstOf.map((wanted) => newest?.querySelector<HTMLElement>(wanted)).find(Boolean)
    first?.focus()
  }, [count])
  return { group, adding: () => (before.current = count) }
}
