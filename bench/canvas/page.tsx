// The canvas without a host or a collector: a config given by the driver, and frames made up at a steady pace.
import { createRoot } from 'react-dom/client'
import type { WeirClient } from '../../host/contract/client.ts'
import type { Project } from '../../host/contract/project.ts'
import type { StatsFrame } from '../../collector-core/protocol.ts'
import { Canvas } from '../../renderer/features/canvas/canvas.tsx'
import { CommandPalette } from '../../renderer/features/command-palette/command-palette.tsx'
import { Palette } from '../../renderer/features/palette/palette.tsx'
import { pageVisibility } from '../../renderer/bridge/page-visibility.ts'
import { ConnectionContext } from '../../renderer/live/connection-context.ts'
import { Connection } from '../../renderer/live/connection.ts'
import { openWorkbench } from '../../renderer/model/open-workbench.ts'
import { spokenLanguage } from '../../renderer/model/spoken-language.ts'
import { WorkbenchContext } from '../../renderer/model/workbench-context.ts'
import { DesignSystem } from '../../renderer/ui/provider.tsx'
import '../../renderer/ui/fonts.css'
import '../../renderer/ui/tokens.css'

interface Settings {
  readonly text: string
  readonly language?: 'en' | 'ko'
  readonly framesPerSecond?: number
}

const emptyProject: Project = {
  path: undefined,
  text: '',
  version: '',
  positions: {},
  draft: undefined,
  readOnly: false,
}

const client = (text: string): WeirClient => ({
  call: (async (name: string) => (name === 'openProject' ? { ...emptyProject, text } : null)) as WeirClient['call'],
  subscribe: () => () => undefined,
  watchConnection: (onChange) => {
    onChange({ kind: 'open', version: '' })
    return () => undefined
  },
})

/** Every component healthy, every edge with a rate that never stands still. */
function frameAt(turn: number, snapshot: ReturnType<typeof edgesOf>): StatsFrame {
  return {
    kind: 'stats',
    at: 1_700_000_000_000 + turn * 250,
    components: snapshot.ids.map((id) => ({
      ...{ id, dropped: {} },
      health: { state: 'healthy' as const, message: 'started', since: 1_700_000_000_000 },
    })),
    edges: snapshot.edges.map((edge, index) => ({
      ...{ ...edge, batches: turn, items: Math.round(turn * (index + 3) * 7 + Math.sin(turn / 3 + index) * 40) },
      ...{ bytes: 0, failedBatches: 0, waitingMs: turn, inFlight: 0, refusedItems: index % 97 === 5 ? turn : 0 },
    })),
  } as unknown as StatsFrame
}

function edgesOf(workbench: ReturnType<typeof openWorkbench>) {
  const { graph } = workbench.project.document.current().checked
  return {
    ids: graph.components.map(({ id }) => id),
    edges: graph.edges.map(({ from, to, port, carries }) => ({ from, to, port, carries })),
  }
}

function start({ text, language = 'en', framesPerSecond = 0 }: Settings): object {
  spokenLanguage.set(language)
  const visible = pageVisibility(document)
  const workbench = openWorkbench({
    client: client(text),
    nativeDialogs: true,
    readClipboard: () => Promise.resolve(''),
    visible,
  })
  const connection = new Connection({ client: client(text), servedBy: 'host', visible })
  let turn = 0
  const tick = (): void => {
    turn += 1
    if (!connection.visible.get()) return
    const frame = frameAt(turn, edgesOf(workbench))
    connection.numbers.apply(frame)
    connection.history.record(frame.at, connection.numbers)
  }
  if (framesPerSecond > 0) setInterval(tick, 1000 / framesPerSecond)
  createRoot(document.getElementById('root')!).render(
    <ConnectionContext value={connection}>
      <WorkbenchContext value={workbench}>
        <DesignSystem>
          <div className="bench-window" style={{ display: 'flex', height: '100%' }}>
            <Palette />
            <main style={{ flex: 1, minWidth: 0 }}>
              <Canvas picture={{ nodes: [], edges: [] }} />
            </main>
          </div>
          <CommandPalette />
        </DesignSystem>
      </WorkbenchContext>
    </ConnectionContext>,
  )
  return {
    text: () => workbench.project.document.text,
    undo: () => workbench.project.document.undo(),
    counts: () => {
      const { ids, edges } = edgesOf(workbench)
      return { nodes: ids.length, edges: edges.length }
    },
    selected: () => workbench.selection.current.get(),
  }
}

Object.assign(window, {
  startCanvas: (settings: Settings) => Object.assign(window, { canvas: start(settings) }),
})
