// Which lanes of an outbox things run in, so that what belongs together keeps its order while the rest goes side by side.
// A lane follows from the thing alone: it is the same in every run and however many requests are sent at once.
import { allLanes } from '../outbox/fragment.ts'

/** Lanes of an outbox, and so most requests that can be under way at once where order matters. */
export const laneCount = 32

/** Groups of neighbouring lanes to cut data into for so many requests at once: a power of two. */
export function groupsFor(requests: number): number {
  return Math.min(laneCount, 2 ** Math.ceil(Math.log2(Math.max(requests, 1))))
}

/** The group, of so many, that things with these texts belong to. */
export function groupOf(texts: Iterable<string>, groups: number): number {
  return laneOf(texts) >>> (5 - Math.log2(groups))
}

/** The lanes of a group as the bits of a fragment. */
export function lanesOfGroup(group: number, groups: number): number {
  const width = laneCount / groups
  return width === laneCount ? allLanes : ((2 ** width - 1) << (group * width)) >>> 0
}

/** FNV-1a over UTF-16 code units, with a final mix so that the upper bits are worth as much as the lower ones. */
function laneOf(texts: Iterable<string>): number {
  let hash = 0x811c9dc5
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ 0xff, 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return (hash ^ (hash >>> 16)) >>> 27
}
