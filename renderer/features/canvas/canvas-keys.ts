import type { ClipboardEvent, KeyboardEvent } from 'react'
import type { CanvasSession } from '../../model/canvas-session.ts'
import type { Workbench } from '../../model/workbench-context.ts'

const arrows: Readonly<Partial<Record<string, 'left' | 'right' | 'up' | 'down'>>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const steps = { left: [-8, 0], right: [8, 0], up: [0, -8], down: [0, 8] } as const

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, [contenteditable="true"], [role="dialog"], [role="menu"]') !== null

const nodeOf = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('.react-flow__node-component')?.dataset.id : undefined

/** What keys and the clipboard do while the canvas has the focus. */
export function canvasKeys({ selection, actions }: Workbench, session: CanvasSession) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isTyping(event.target)) return
    const focused = nodeOf(event.target)
    if (focused !== undefined && selection.current.get().nodes.length + selection.current.get().edges.length === 0)
      selection.select([focused])
    if (act(event)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  const act = (event: KeyboardEvent): boolean => {
    const direction = arrows[event.key]
    if (direction && (event.shiftKey || event.altKey)) {
      const [dx, dy] = steps[direction]
      session.nudge(dx, dy)
      return true
    }
    if (direction) {
      session.go(direction)
      return true
    }
    if (event.key === 'Escape') {
      selection.clear()
      return true
    }
    if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      if (session.edge) return actions.run('canvas.insert')
      const id = selection.current.get().primary
      if (id === undefined) return false
      selection.reveal(id)
      actions.run('view.inspector')
      return true
    }
    return actions.press(event, ['canvas'])
  }
  const onCopy = (event: ClipboardEvent, take: () => string): void => {
    if (isTyping(event.target) || !session.editable || selection.current.get().nodes.length === 0) return
    event.clipboardData.setData('text/plain', take())
    event.preventDefault()
  }
  return {
    onKeyDown,
    onCopy: (event: ClipboardEvent) => onCopy(event, () => session.copy()),
    onCut: (event: ClipboardEvent) => onCopy(event, () => session.cut()),
    onPaste: (event: ClipboardEvent) => {
      if (isTyping(event.target) || !session.editable) return
      session.paste(event.clipboardData.getData('text/plain'))
      event.preventDefault()
    },
  }
}
