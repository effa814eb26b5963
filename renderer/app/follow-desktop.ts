import type { WeirClient } from '../../host/contract/client.ts'
import type { DesktopBridge } from '../../host/contract/desktop-bridge.ts'
import type { ShellRequest } from '../../host/contract/shell.ts'
import type { Workbench } from '../model/workbench-context.ts'

/** Does what the desktop's menu asks, and opens a config that is dropped on the window. */
export function followDesktop(
  client: WeirClient,
  workbench: Pick<Workbench, 'project' | 'actions'>,
  { pathOf }: Pick<DesktopBridge, 'pathOf'>,
  document: Document,
): void {
  client.subscribe('shellRequests', {}, (request) => follow(request, workbench))
  const files = (event: DragEvent): FileList | undefined => {
    const { dataTransfer } = event
    if (dataTransfer === null || !dataTransfer.types.includes('Files')) return undefined
    event.preventDefault()
    return dataTransfer.files
  }
  document.addEventListener('dragover', files)
  document.addEventListener('drop', (event) => {
    const config = [...(files(event) ?? [])].find(({ name }) => /[.](alloy|river)$/.test(name))
    if (config !== undefined) follow({ kind: 'open-file', path: pathOf(config) }, workbench)
  })
}

function follow(request: ShellRequest, { project, actions }: Pick<Workbench, 'project' | 'actions'>): void {
  switch (request.kind) {
    case 'new':
      return void project.create()
    case 'open':
      return void project.open()
    case 'open-file':
      return void project.open(request.path)
    case 'save':
      return void project.save()
    case 'save-as':
      return void project.saveAs()
    case 'settings':
      actions.run('view.settings')
  }
}
