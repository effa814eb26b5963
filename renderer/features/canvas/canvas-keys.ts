import { useEffect, useMemo } from 'react'
import type { CanvasSession } from '../../model/canvas-session.ts'
import type { Workbench } from '../../model/workbench-context.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, [contenteditable="true"], [role="dialog"], [role="menu"]') !== null

const nodeOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('.react-flow__node-component')?.dataset.id : undefined

/** The listeners of the canvas, for events of React and of the browser alike. */
interface CanvasKeys {
  readonly onKeyDown: (event: KeyPress) => void
  readonly onCopy: (event: ClipboardUse) => void
  readonly onCut: (event: ClipboardUse) => void
  readonly onPaste: (event: ClipboardUse) => void
}

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'preventDefault' | 'stopPropagation'
> & { readonly target: EventTarget | null }
type ClipboardUse = Pick<ClipboardEvent, 'clipboardData' | 'preventDefault'> & { readonly target: EventTarget | null }

/** What keys and the clipboard do while the canvas has the focus, or nothing has. */
function canvasKeys({ selection, actions }: Workbench, session: CanvasSession): CanvasKeys {
  const onKeyDown = (event: KeyPress): void => {
    // While something is asked, keys are the answer to it, even those that come before the question has the focus.
    if (isTyping(event.target) || session.task.get() !== undefined) return
    const focused = nodeOf(event.target)
    if (focused !== undefined && selection.current.get().nodes.length + selection.current.get().edges.length === 0)
      selection.select([focused])
    // A button takes Enter itself.
    const isButton = event.key === 'Enter' && event.target instanceof HTMLButtonElement
    if (isButton || !actions.press(event, ['canvas'])) return
    event.preventDefault()
    event.stopPropagation()
  }
  const onCopy = (event: ClipboardUse, take: () => string): void => {
    if (isTyping(event.target) || !session.editable || selection.current.get().nodes.length === 0) return
    event.clipboardData?.setData('text/plain', take())
    event.preventDefault()
  }
  return {
    onKeyDown,
    onCopy: (event) => onCopy(event, () => session.copy()),
    onCut: (event) => onCopy(event, () => session.cut()),
    onPaste: (event) => {
      if (isTyping(event.target) || !session.editable) return
      session.paste(event.clipboardData?.getData('text/plain') ?? '')
      event.preventDefault()
    },
  }
}

/** The keys of the canvas; where nothing has the focus, it takes them too. */
export function useCanvasKeys(workbench: Workbench, session: CanvasSession): CanvasKeys {
  const keys = useMemo(() => canvasKeys(workbench, session), [workbench, session])
  useEffect(() => {
    const unclaimed = ({ target, defaultPrevented }: Event): boolean => target === document.body && !defaultPrevented
    // Where the focus was lost with a part of a form, say, nobody meant the selected component.
    const removes = ({ key }: KeyboardEvent): boolean => key === 'Delete' || key === 'Backspace'
    const stop = new AbortController()
    const { signal } = stop
    document.addEventListener('keydown', (event) => unclaimed(event) && !removes(event) && keys.onKeyDown(event), {
      signal,
    })
    document.addEventListener('copy', (event) => unclaimed(event) && keys.onCopy(event), { signal })
    document.addEventListener('cut', (event) => unclaimed(event) && keys.onCut(event), { signal })
    document.addEventListener('paste', (event) => unclaimed(event) && keys.onPaste(event), { signal })
    return () => stop.abort()
  }, [keys])
  return keys
}
