// Draws a feature as the window would, over a host that is the test.
import { cleanup, render } from '@testing-library/react'
import type { RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { onTestFinished } from 'vitest'
import type { Pipeline, StatsFrame, TargetCounts } from '../../collector-core/protocol.ts'
import { defaultSettings } from '../../host/contract/project.ts'
import { FakeClient } from '../bridge/fake.ts'
import type { FakeAnswers } from '../bridge/fake.ts'
import { unused } from '../bridge/fake-answers.ts'
import { ConnectionContext } from '../live/connection-context.ts'
import { Connection } from '../live/connection.ts'
import { Cell } from '../model/cell.ts'
import { openWorkbench } from '../model/open-workbench.ts'
import { Preferences } from '../model/preferences.ts'
import { PreferencesContext } from '../model/preferences-context.ts'
import { drawPipeline } from '../model/picture.ts'
import { spokenLanguage } from '../model/spoken-language.ts'
import { WorkbenchContext } from '../model/workbench-context.ts'
import type { Workbench } from '../model/workbench-context.ts'
import { DesignSystem } from '../ui/provider.tsx'

/** `a` sends samples to `b`, which sends them on to `c`. */
export const pipeline: Pipeline = {
  kind: 'pipeline',
  nodes: ['test.a', 'test.b', 'test.c'].map((id) => {
    return { id, name: 'test', label: id.slice(5), summary: '', stage: 'process', fact: '', takes: [], gives: [] }
  }),
  edges: [
    { from: 'test.a', to: 'test.b', port: 'metrics' },
    { from: 'test.b', to: 'test.c', port: 'metrics' },
  ],
}

/** A frame of that pipeline after so many seconds at 100 samples a second, of which `b` drops 60; `c` queues and fails. */
export function frameAfter(seconds: number, failing = false): StatsFrame {
  const edge = { batches: seconds, bytes: 0, refusedItems: 0, failedBatches: 0, waitingMs: seconds * 5, inFlight: 0 }
  const health = { state: 'healthy', message: 'running', since: 0 } as const
  const at = 1_700_000_000_000 + seconds * 1000
  return {
    kind: 'stats',
    at,
    components: [
      { id: 'test.a', health, dropped: {} },
      { id: 'test.b', health, dropped: { relabel_rule: seconds * 60 } },
      {
        id: 'test.c',
        health: failing ? { state: 'unhealthy', message: 'connection refused', since: at - 5000 } : health,
        dropped: {},
        queue: { items: 1234, bytes: 3_250_586, oldestAt: at - 65_000 },
      },
    ],
    edges: [
      { from: 'test.a', to: 'test.b', port: 'metrics', ...edge, items: seconds * 100 },
      { from: 'test.b', to: 'test.c', port: 'metrics', ...edge, items: seconds * 40 },
    ],
  }
}

/** That frame, with targets that `a` scrapes. */
export const withTargets = (frame: StatsFrame, targets: TargetCounts): StatsFrame => ({
  ...frame,
  components: frame.components.map((one) => (one.id === 'test.a' ? { ...one, targets } : one)),
})

export const picture = drawPipeline(pipeline)

export interface TestWindow extends RenderResult {
  readonly client: FakeClient
  /** What the project asks of the host. */
  readonly projectClient: FakeClient
  readonly connection: Connection
  readonly workbench: Workbench
  readonly visible: Cell<boolean>
}

const running = { kind: 'running', address: '127.0.0.1:12345', since: 0, demo: false } as const
const settings = { ...defaultSettings, language: 'en' } as const

/** The config that is open in the window, and runs as it was opened. */
export interface OpenConfig {
  readonly path?: string
  readonly text: string
}

/**
 * Draws it with a running pipeline behind; taken down when the test ends. Its own calls and those of its project are answered
 * from one table; those of the project are in `projectClient`.
 */
export function renderWindow(
  content: ReactNode,
  answers: Partial<FakeAnswers> = {},
  config: OpenConfig = { text: '' },
): TestWindow {
  spokenLanguage.set('en')
  const client = new FakeClient({ ...unused, settings: () => settings, ...answers })
  const visible = new Cell(true)
  const connection = new Connection({ client, servedBy: 'host', visible })
  const stop = connection.start()
  client.send('collectorState', running)
  client.send('frames', pipeline)
  const projectClient = new FakeClient({ ...opening(config), ...answers })
  const { stop: close, ...workbench } = openWorkbench({
    ...{ client: projectClient, nativeDialogs: false, visible },
    readClipboard: () => navigator.clipboard.readText(),
  })
  projectClient.send('collectorState', running)
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  }
  const preferences = new Preferences({ client, storage, preferred: ['en'] })
  const drawn = render(
    <ConnectionContext value={connection}>
      <PreferencesContext value={preferences}>
        <WorkbenchContext value={workbench}>
          <DesignSystem>{content}</DesignSystem>
        </WorkbenchContext>
      </PreferencesContext>
    </ConnectionContext>,
  )
  onTestFinished(() => {
    cleanup()
    close()
    stop()
  })
  return { ...drawn, client, projectClient, connection, workbench, visible }
}

const opening = ({ path, text }: OpenConfig): FakeAnswers => ({
  ...unused,
  openProject: () => ({ path, text, version: 'v1', positions: {}, draft: undefined, readOnly: false }),
  runningConfig: () => text,
  recentProjects: () => [],
  saveDraft: () => null,
  discardDraft: () => null,
  saveLayout: () => null,
})
