import type { Settings } from '../../host/contract/project.ts'
import { Cell } from './cell.ts'

/**
 * How large the window is drawn: 1 as designed, 1.5 half as large again. The style sheet zooms the page by it; places the
 * browser reports, as those of the pointer, are not zoomed. What computes with them — the canvas and the charts — is drawn at
 * 1 and enlarges itself.
 */
export const interfaceSize = new Cell(1)

/** From so many CSS pixels of width on a window is large, and on most screens that show one, its pixels are small. */
const automatic = [
  { width: 3840, size: 1.75 },
  { width: 3200, size: 1.5 },
  { width: 2560, size: 1.25 },
] as const

/** The smallest window everything fits into at 1. */
const least = { width: 1024, height: 700 }

/** The size for a setting in a window of so many CSS pixels, which is no larger than everything has room. */
export function chooseInterfaceSize(
  setting: Settings['interfaceSize'],
  { width, height }: { readonly width: number; readonly height: number },
): number {
  const chosen =
    setting === 'automatic' ? (automatic.find((step) => width >= step.width)?.size ?? 1) : Number(setting) / 100
  return Math.max(1, Math.min(chosen, width / least.width, height / least.height))
}
