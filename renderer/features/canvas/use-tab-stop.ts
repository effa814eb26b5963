import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { Scene } from '../../model/scene.ts'
import type { Selection } from '../../model/selection.ts'

/** The node Tab leads to; while the canvas has the focus, it follows what is selected. */
export function useTabStop(
  frame: RefObject<HTMLElement | null>,
  scene: Scene,
  { primary }: Selection,
  asking: boolean,
): string | undefined {
  const tabStop = primary ?? scene.nodes.at(0)?.id
  const inside = useRef(false)
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const entered = (): void => {
      inside.current = true
    }
    const left = ({ relatedTarget }: FocusEvent): void => {
      inside.current = relatedTarget === null || element.contains(relatedTarget as Node)
    }
    element.addEventListener('focusin', entered)
    element.addEventListener('focusout', left)
    return () => {
      element.removeEventListener('focusin', entered)
      element.removeEventListener('focusout', left)
    }
  }, [frame])
  useEffect(() => {
    const element = frame.current
    if (element === null || !mayTake(element, inside.current)) return undefined
    const timer = window.setTimeout(() => {
      // By now a question may have taken the focus.
      if (mayTake(element, inside.current)) focusIn(element, primary)
    }, 0)
    return () => window.clearTimeout(timer)
  }, [frame, primary, scene])
  // What was asked was asked from the canvas, whatever element began it: it has the focus again, or is gone by now.
  const asked = useRef(asking)
  useEffect(() => {
    const answered = asked.current && !asking
    asked.current = asking
    if (!answered) return undefined
    const timer = window.setTimeout(() => {
      const { activeElement, body } = document
      const follows = primary !== undefined && frame.current?.contains(activeElement) === true
      if (follows || activeElement === body) focusIn(frame.current, primary)
    }, 0)
    return () => window.clearTimeout(timer)
  }, [frame, asking, primary])
  return tabStop
}

/** Whether the focus is on the canvas, or was until what had it went. */
function mayTake(element: HTMLElement, inside: boolean): boolean {
  const { activeElement } = document
  if (activeElement?.closest('input')) return false
  return element.contains(activeElement) || (inside && (activeElement === document.body || activeElement === null))
}

function focusIn(element: HTMLElement | null, primary: string | undefined): void {
  const node = primary && element?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(primary)}"]`)
  ;(node || element)?.focus({ preventScroll: true })
}
