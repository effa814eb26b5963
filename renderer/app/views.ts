import { parts } from './parts.tsx'

const all = ['pipeline', 'live', 'stack', 'explore', 'settings'] as const

export type View = (typeof all)[number]

/** The views there are, in the order of the rail. */
export const views: readonly View[] = all.filter((view) => view === 'pipeline' || parts[view] !== undefined)

/** What only a host can show; a collector alone knows nothing of stored data. */
export const isHostView = (view: View): boolean => view === 'stack' || view === 'explore'

export const isView = (value: unknown): value is View => views.some((view) => view === value)
