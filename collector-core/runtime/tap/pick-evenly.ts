/**
 * At most `most` of the indexes 0 to `count` - 1, ascending, spread evenly and the same every time: two edges that hand over
 * as many items show the same ones.
 */
export function pickEvenly(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, index) => index)
  return Array.from({ length: most }, (_, index) => Math.floor((index * count) / most))
}
