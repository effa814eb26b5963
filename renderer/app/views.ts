import { parts } from './parts.tsx'

const all = ['pipeline', 'live', 'stack', 'explore', 'settings'] as const

export type View = (typeof all)[number]

/** The views there are, in the order of the rail. */
export const views: readonly View[] = all.filter((view) => view === 'pipeline' || parts[view] !== undefined)

export const isView = (value: unknown): value is View => views.some((view) => view === value)
