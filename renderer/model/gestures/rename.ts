import { renameLabel } from '../../../collector-core/language/edit-label.ts'
import { refused } from '../../../collector-core/language/edit-result.ts'
import type { EditResult } from '../../../collector-core/language/edit-result.ts'
import type { Scene, SceneNode } from '../scene.ts'
import { reasons } from './words.ts'

/** Gives a component another label, and follows it wherever it is referred to. */
export function renameNode(scene: Scene, node: SceneNode, label: string): EditResult {
  if (node.standing === 'disabled') return refused(reasons().enableFirst(node.localId))
  return renameLabel(scene.parsed, node.path, label)
}

/** The id a node has under another label. */
export function renamedId({ id, localId, name }: SceneNode, label: string): string {
  return `${id.slice(0, id.length - localId.length)}${name}.${label}`
}
