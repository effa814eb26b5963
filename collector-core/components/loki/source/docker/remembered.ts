import { Labels } from '../../../../signal/labels.ts'
import { decodePosition } from './position.ts'
import type { ContainerPosition } from './position.ts'

/** The labels of a target whose container is being followed, so that its last lines can be read after a restart. */
export interface FollowedTarget {
  readonly host: string
  readonly target: Labels
}

/** What is kept on disk: positions by container id, and followed targets by container id behind `target `. */
export type Remembered = ContainerPosition | FollowedTarget

export const targetKey = (id: string): string => `target ${id}`
/** The container id of a followed target's key; undefined for keys of positions. */
export const followedId = (key: string): string | undefined => (key.startsWith('target ') ? key.slice(7) : undefined)

export const isPosition = (value: Remembered | undefined): value is ContainerPosition =>
  value !== undefined && 'channels' in value
export const isTarget = (value: Remembered | undefined): value is FollowedTarget =>
  value !== undefined && 'target' in value

/** Checks what was read back from disk. */
export function decodeRemembered(value: unknown): Remembered | undefined {
  const { host, target } = Object(value) as Record<string, unknown>
  if (target === undefined) return decodePosition(value)
  if (typeof host !== 'string' || typeof target !== 'object' || target === null) return undefined
  const labels = Object.entries(target)
  return labels.every(([, text]) => typeof text === 'string') ? { host, target: Labels.of(labels) } : undefined
}
