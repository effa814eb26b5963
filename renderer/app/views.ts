import type { Action } from '../model/actions.ts'
import { parts } from './parts.tsx'
import { words } from './words.ts'

const all = ['pipeline', 'live', 'stack', 'explore', 'settings'] as const

export type View = (typeof all)[number]

/** The views there are, in the order of the rail. */
export const views: readonly View[] = all.filter((view) => view === 'pipeline' || parts[view] !== undefined)

/** What only a host can show; a collector alone knows nothing of stored data. */
export const isHostView = (view: View): boolean => view === 'stack' || view === 'explore'

export const isView = (value: unknown): value is View => views.some((view) => view === value)

/** Going to each view, for the command palette. */
export function viewActions(show: (view: View) => void, hasHost: boolean): readonly Action[] {
  return views
    .filter((view) => hasHost || !isHostView(view))
    .map((view) => ({
      ...{ id: `view.${view}`, group: 'view', title: { en: words.en.views[view], ko: words.ko.views[view] } },
      run: () => show(view),
    }))
}
