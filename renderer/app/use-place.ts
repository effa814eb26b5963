import { useCallback, useEffect, useState } from 'react'
import { useCell, useConnection } from '../live/connection-context.ts'
import { useSelection, useSnapshot, useWorkbench } from '../model/workbench-context.ts'
import { useKept } from './kept.ts'
import { readPlace, writePlace } from './place.ts'
import type { Place } from './place.ts'
import { isHostView, isView } from './views.ts'
import type { View } from './views.ts'

const placeNow = (): Place<View> | undefined => {
  const { view, at } = readPlace(window.location.hash) ?? {}
  return isView(view) ? { view, at } : undefined
}
const showsComponents = (view: View): boolean => view === 'pipeline' || view === 'live'

/** The view that is shown: the one the address names, else the one that was shown last. The address follows. */
export function usePlace(): readonly [View, (view: View) => void] {
  const { servedBy } = useConnection()
  const [kept, keep] = useKept<View>('view', 'pipeline', isView)
  const [asked, setAsked] = useState(() => placeNow()?.view)
  const wanted = asked ?? kept
  const view = servedBy === 'host' || !isHostView(wanted) ? wanted : 'pipeline'
  const setView = useCallback(
    (next: View): void => {
      setAsked(undefined)
      keep(next)
    },
    [keep],
  )
  useComponentInAddress(view, setView)
  return [view, setView]
}

/** Selects the component the address names as soon as there is one of that name, and names the selected one there. */
function useComponentInAddress(view: View, setView: (view: View) => void): void {
  const { pipeline, servedBy } = useConnection()
  const { selection } = useWorkbench()
  const { primary } = useSelection()
  const { picture } = useSnapshot()
  const running = useCell(pipeline)
  const [sought, setSought] = useState(() => placeNow()?.at)
  const known = servedBy === 'host' ? picture.nodes : running?.nodes
  const found = sought !== undefined && known?.some(({ id }) => id === sought) === true

  useEffect(() => {
    const go = (): void => {
      const place = placeNow()
      if (place === undefined) return
      setView(place.view)
      setSought(place.at)
    }
    window.addEventListener('hashchange', go)
    return () => window.removeEventListener('hashchange', go)
  }, [setView])

  useEffect(() => {
    if (!found) return
    selection.reveal(sought)
    setSought(undefined)
  }, [found, sought, selection])

  useEffect(() => {
    const place = placeNow()
    const at = showsComponents(view) ? (sought ?? primary) : place?.view === view ? place.at : undefined
    window.history.replaceState(null, '', writePlace({ view, at }))
  }, [view, sought, primary])

  useEffect(
    // A component that is asked for is seen where components are.
    () => selection.revealed.subscribe(() => showsComponents(view) || setView('pipeline')),
    [selection, view, setView],
  )
}
