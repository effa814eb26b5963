import type { Picture } from '../../model/picture.ts'

/** What is tapped: one connection, or everything in and out of one component (`from` equals `to`). */
export interface TapTarget {
  readonly from: string
  readonly to: string
}

export const isComponent = ({ from, to }: TapTarget): boolean => from === to

/** A target as the value of a select, and back. */
export const targetKey = ({ from, to }: TapTarget): string => `${from}>${to}`

/** Everything that can be tapped in a picture: what counts items. */
export function tapTargets(picture: Picture): TapTarget[] {
  const edges = picture.edges.filter(({ items }) => items !== undefined)
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]))
  const connections = new Map(edges.map(({ from, to }) => [targetKey({ from, to }), { from, to }]))
  return [
    ...picture.nodes.filter(({ id }) => ends.has(id)).map(({ id }) => ({ from: id, to: id })),
    ...connections.values(),
  ]
}

/** What the selection means: its connection, else its component; undefined where nothing flows. */
export function targetOf(picture: Picture, node: string | undefined, edge: string | undefined): TapTarget | undefined {
  const chosen = picture.edges.find(({ id, items }) => id === edge && items !== undefined)
  if (chosen !== undefined) return { from: chosen.from, to: chosen.to }
  return node === undefined ? undefined : tapTargets(picture).find(({ from, to }) => from === node && to === node)
}
