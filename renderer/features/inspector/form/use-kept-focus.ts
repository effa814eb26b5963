import { useEffect, useRef } from 'react'
import type { FocusEvent, RefObject } from 'react'

const fields = 'input, textarea, [role="combobox"]'
const focusable = `${fields}, button:not([disabled])`

/** What had the focus before an edit, and what stood around and behind it. */
interface Before {
  readonly focused: HTMLElement
  readonly around: readonly HTMLElement[]
  readonly behind: readonly HTMLElement[]
}

/** Keeps the focus in a form when an edit takes away what had it, such as the button that removes an item. */
export function useKeptFocus(drawn: unknown): {
  readonly form: RefObject<HTMLDivElement | null>
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  /** Told before an edit. */
  readonly editing: () => void
} {
  const form = useRef<HTMLDivElement>(null)
  const focused = useRef<HTMLElement>(null)
  const before = useRef<Before>(undefined)
  useEffect(() => {
    const last = before.current
    before.current = undefined
    if (last === undefined || last.focused.isConnected) return
    const connected = last.around.filter((element) => element.isConnected)
    for (const around of connected) {
      const next = last.behind.find((element) => element.isConnected && around.contains(element))
      const target = next ?? around.querySelector<HTMLElement>(fields)
      if (target !== null) return target.focus()
    }
  }, [drawn])
  return {
    form,
    onFocus: ({ target }) => {
      // A menu of the form is drawn elsewhere.
      if (form.current?.contains(target) === true) focused.current = target
    },
    editing: () => {
      const now = focused.current
      if (now === null || form.current?.contains(now) !== true) return
      const around: HTMLElement[] = []
      for (let at = now.parentElement; at !== null && at !== form.current; at = at.parentElement) around.push(at)
      const all = [...form.current.querySelectorAll<HTMLElement>(focusable)]
      before.current = { focused: now, around: [...around, form.current], behind: all.slice(all.indexOf(now) + 1) }
    },
  }
}
