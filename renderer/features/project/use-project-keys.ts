import { useEffect } from 'react'
import { useWorkbench } from '../../model/workbench-context.ts'

/** Runs the shortcuts of the file anywhere in the window, and steps back and forward wherever nothing else takes the keys. */
export function useProjectKeys(): void {
  const { actions } = useWorkbench()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const typing = event.composedPath().some((at) => at instanceof HTMLElement && at.matches('input, textarea'))
      if (actions.press(event, typing ? ['project', 'window'] : ['project', 'edit', 'window'])) event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [actions])
}
