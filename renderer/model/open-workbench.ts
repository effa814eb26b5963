import type { WeirClient } from '../../host/contract/client.ts'
import { ActionRegistry } from './actions.ts'
import type { Cell } from './cell.ts'
import { ConfigDocument } from './config-document.ts'
import { ExploreTrail } from './explore-state.ts'
import { ProjectSession } from './project-session/project-session.ts'
import { SelectionModel } from './selection.ts'
import { Spotlight } from './spotlight.ts'
import type { Workbench } from './workbench-context.ts'

export interface WorkbenchOptions {
  readonly client: WeirClient
  /** Whether the host can open the system's own file dialogs. */
  readonly nativeDialogs: boolean
  /** Text on the clipboard; rejects where the browser's user does not allow it. */
  readonly readClipboard: () => Promise<string>
  readonly visible: Cell<boolean>
}

/** What the config says of its machine is not known to the window: it is checked as if nothing were set. */
const environment = { env: () => undefined, hostname: 'localhost', os: 'linux', arch: 'amd64', version: '' }

/** A workbench on the project the host has for this window; it follows the host until `stop` is called. */
export function openWorkbench({
  client,
  nativeDialogs,
  readClipboard,
  visible,
}: WorkbenchOptions): Workbench & { readonly stop: () => void } {
  const later = (ms: number, action: () => void): (() => void) => {
    const timer = setTimeout(action, ms)
    return () => clearTimeout(timer)
  }
  const document = new ConfigDocument('', { file: 'config.alloy', environment, later })
  const project = new ProjectSession({ client, document, later, nativeDialogs, visible })
  const workbench = {
    client,
    readClipboard,
    project,
    selection: new SelectionModel(),
    spotlight: new Spotlight(),
    trail: new ExploreTrail(),
  }
  return { ...workbench, actions: new ActionRegistry(), stop: project.start() }
}
