// What the window is put together from. Each part is one small component; a part that is undefined is not offered.
import type { ComponentType } from 'react'
import { Canvas } from '../features/canvas/canvas.tsx'
import { LiveTable } from '../features/live-table/live-table.tsx'
import { Problems, ProblemsBadge } from '../features/problems/problems.tsx'
import type { Picture } from '../model/picture.ts'
import { loadedLater } from './loaded-later.tsx'
import { SettingsPart } from './settings-part.tsx'
import type { View } from './views.ts'

// Loaded when first shown, so that the first picture comes soon.
const ExplorePart = loadedLater<ViewProps>(async () => (await import('./explore-part.tsx')).ExplorePart)
const StackPart = loadedLater<ViewProps>(async () => (await import('./stack-part.tsx')).StackPart)
const LiveChart = loadedLater<PartProps>(async () => (await import('../features/live-chart/live-chart.tsx')).LiveChart)
const LiveInstance = loadedLater<PartProps>(
  async () => (await import('../features/live-instance/live-instance.tsx')).LiveInstance,
)
const LiveFlow = loadedLater<PartProps>(async () => (await import('../features/live-flow/live-flow.tsx')).LiveFlow)
const Logs = loadedLater<PartProps>(async () => (await import('../features/logs/logs.tsx')).Logs)
const Tap = loadedLater<PartProps>(async () => (await import('../features/tap/tap.tsx')).Tap)

/** What is drawn and what is selected in it. */
export interface PartProps {
  readonly picture: Picture
  readonly selected: string | undefined
  readonly onSelect: (id: string | undefined) => void
  /** What runs is looked at rather than the config. */
  readonly watching?: boolean
  /** What applying would change is shown beside. */
  readonly reviewing?: boolean
}

/** What a view of its own is given. */
export interface ViewProps {
  readonly onView: (view: View) => void
}

/** Editing needs a lot that a window on a lone collector does not. */
const config = () => import('./config-parts.tsx')

export const parts: {
  readonly canvas: ComponentType<PartProps>
  readonly text: ComponentType<PartProps> | undefined
  /** Drawn while something is selected. */
  readonly inspector: ComponentType<PartProps>
  readonly problems: ComponentType<PartProps> | undefined
  /** Beside the name of the problems: how many there are. */
  readonly problemsBadge: ComponentType
  readonly tap: ComponentType<PartProps> | undefined
  readonly logs: ComponentType<PartProps> | undefined
  readonly diff: ComponentType<PartProps> | undefined
  /** In the top bar of the pipeline: the file, undo and redo, review and apply. */
  readonly project: ComponentType | undefined
  readonly live: ComponentType<PartProps>
  readonly flow: ComponentType<PartProps>
  readonly chart: ComponentType<PartProps>
  readonly instance: ComponentType<PartProps>
  readonly stack: ComponentType<ViewProps> | undefined
  readonly explore: ComponentType<ViewProps> | undefined
  readonly settings: ComponentType<ViewProps> | undefined
} = {
  canvas: Canvas,
  text: loadedLater<PartProps>(async () => (await config()).TextPart),
  inspector: loadedLater<PartProps>(async () => (await config()).InspectorPart),
  problems: Problems,
  problemsBadge: ProblemsBadge,
  tap: Tap,
  logs: Logs,
  diff: loadedLater<PartProps>(async () => (await config()).Review),
  project: loadedLater(async () => (await config()).ProjectPart),
  live: LiveTable,
  flow: LiveFlow,
  chart: LiveChart,
  instance: LiveInstance,
  stack: StackPart,
  explore: ExplorePart,
  settings: SettingsPart,
}

const drawers = ['problems', 'tap', 'logs', 'diff'] as const

export type DrawerName = (typeof drawers)[number]

/** The tabs of the drawer there are; problems and changes need a config that can be edited, the log a host. */
export function drawerNames(editable: boolean): readonly DrawerName[] {
  return drawers.filter((name) => parts[name] !== undefined && (editable || name === 'tap'))
}
