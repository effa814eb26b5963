import { join } from 'node:path'
import { z } from 'zod'
import { JsonFile } from '../host/project/json-file.ts'

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) })
const shape = z.object({ bounds, maximized: z.boolean() })

export type Bounds = z.infer<typeof bounds>
export type WindowState = z.infer<typeof shape>

/** Where the window was when it was closed. */
export const windowStateFile = (folder: string): JsonFile<WindowState> =>
  new JsonFile(join(folder, 'window.json'), shape)

/** How much of a window has to be on a display for its user to get hold of it, pixels. */
const enough = { width: 200, height: 100 }

/** The bounds to open with: those kept, unless the display they were on is gone. */
export function boundsOnDisplays(kept: Bounds | undefined, workAreas: readonly Bounds[]): Bounds | undefined {
  if (kept === undefined) return undefined
  const reachable = workAreas.some((area) => {
    const width = Math.min(kept.x + kept.width, area.x + area.width) - Math.max(kept.x, area.x)
    const height = Math.min(kept.y + kept.height, area.y + area.height) - Math.max(kept.y, area.y)
    return width >= enough.width && height >= enough.height && kept.y >= area.y
  })
  return reachable ? kept : undefined
}
