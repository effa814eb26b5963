// Everything the window can be told to do, in one list: menus, the command palette and shortcuts run the same actions.
import { Cell } from './cell.ts'
import { pressed } from './keys.ts'
import type { SpokenLanguage } from './spoken-language.ts'

export type ActionGroup = 'view' | 'project' | 'edit' | 'canvas' | 'text' | 'component' | 'window'

export interface Action {
  /** Unique and dotted: `canvas.duplicate`. */
  readonly id: string
  readonly group: ActionGroup
  readonly title: Readonly<Record<SpokenLanguage, string>>
  /** Shortcuts as `Mod+D`; the first is shown. */
  readonly keys?: readonly string[]
  /** False while it has nothing to act on; then it is listed, but cannot be run. */
  readonly enabled?: () => boolean
  readonly run: () => void
}

export class ActionRegistry {
  readonly all = new Cell<readonly Action[]>([])

  /** Adds actions until the returned function is called; one with the id of an earlier one takes its place. */
  add(actions: readonly Action[]): () => void {
    const ids = new Set(actions.map(({ id }) => id))
    this.all.set([...this.all.get().filter(({ id }) => !ids.has(id)), ...actions])
    return () => this.all.set(this.all.get().filter((action) => !actions.includes(action)))
  }

  find(id: string): Action | undefined {
    return this.all.get().find((action) => action.id === id)
  }

  /** Runs an action by id; false when there is none, or it has nothing to act on. */
  run(id: string): boolean {
    return start(this.find(id))
  }

  /** Runs the action a key press is the shortcut of, of some groups only where given; false when there is none. */
  press(event: Parameters<typeof pressed>[0], groups?: readonly ActionGroup[]): boolean {
    const named = this.all.get().filter(({ group }) => groups === undefined || groups.includes(group))
    return start(
      named.find(({ keys = [], enabled }) => keys.some((one) => pressed(event, one)) && enabled?.() !== false),
    )
  }
}

function start(action: Action | undefined): boolean {
  if (action === undefined || action.enabled?.() === false) return false
  action.run()
  return true
}
