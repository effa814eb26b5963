// What the window is put together from. Each part is one small component; a part that is undefined is not offered.
import type { ComponentType } from 'react'
import { Canvas } from '../features/canvas/canvas.tsx'
import { Inspector } from '../features/inspector/inspector.tsx'
import { LiveTable } from '../features/live-table/live-table.tsx'
import type { Picture } from '../model/picture.ts'
import { ExplorePart } from './explore-part.tsx'
import { StackPart } from './stack-part.tsx'
import type { View } from './views.ts'

/** What is drawn and what is selected in it. */
export interface PartProps {
  readonly picture: Picture
  readonly selected: string | undefined
  readonly onSelect: (id: string | undefined) => void
}

/** What a view of its own is given. */
export interface ViewProps {
  readonly onView: (view: View) => void
}

export const parts: {
  readonly canvas: ComponentType<PartProps>
  readonly text: ComponentType<PartProps> | undefined
  /** Drawn while something is selected. */
  readonly inspector: ComponentType<PartProps>
  readonly problems: ComponentType<PartProps> | undefined
  readonly tap: ComponentType<PartProps> | undefined
  readonly logs: ComponentType<PartProps> | undefined
  readonly diff: ComponentType<PartProps> | undefined
  /** In the top bar of the pipeline: the file, undo and redo, review and apply. */
  readonly project: ComponentType | undefined
  readonly live: ComponentType<PartProps>
  readonly stack: ComponentType<ViewProps> | undefined
  readonly explore: ComponentType<ViewProps> | undefined
  readonly settings: ComponentType<ViewProps> | undefined
} = {
  canvas: Canvas,
  text: undefined,
  inspector: ({ picture, selected, onSelect }) => {
    const node = picture.nodes.find(({ id }) => id === selected)
    return node && <Inspector key={node.id} node={node} picture={picture} onSelect={onSelect} />
  },
  problems: undefined,
  tap: undefined,
  logs: undefined,
  diff: undefined,
  project: undefined,
  live: LiveTable,
  stack: StackPart,
  explore: ExplorePart,
  settings: undefined,
}

const drawers = ['problems', 'tap', 'logs', 'diff'] as const

export type DrawerName = (typeof drawers)[number]

/** The tabs of the drawer there are; problems and changes need a config that can be edited, the log a host. */
export function drawerNames(editable: boolean): readonly DrawerName[] {
  return drawers.filter((name) => parts[name] !== undefined && (editable || name === 'tap'))
}
