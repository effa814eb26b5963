import { useEffect } from 'react'
import { useWorkbench } from '../../model/workbench-context.ts'

/** Runs the shortcuts of the file anywhere in the window, and steps back and forward wherever nothing else takes the keys. */
export function useProjectKeys(): void {
  const { actions } = useWorkbench()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      // A disabled button that keeps the focus takes every key so as to do nothing, also those that were not meant for it.
      const disabled = event.target instanceof Element && event.target.getAttribute('aria-disabled') === 'true'
      if (event.defaultPrevented && !disabled) return
      const typing = event.composedPath().some((at) => at instanceof HTMLElement && at.matches('input, textarea'))
      if (actions.press(event, typing ? ['project', 'window'] : ['project', 'edit', 'window'])) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [actions])
}
