// The one table of what a window may ask of the host and hear from it. Clients, the preload script, handlers, argument
// checks and both transports (Electron, WebSocket) are derived from it; no name in it is written a second time.
import { z } from 'zod'
import type { ComponentInfo } from '../../collector-core/http-api/contract.ts'
import type { Pipeline, StatsFrame, TrialScrape } from '../../collector-core/protocol.ts'
import type { AppliedConfig, CollectorState, LogLine } from './collector-report.ts'
import { interfaceSizes } from './project.ts'
import type { DiskChange, Folder, Project, RecentProject, Saved, Secrets, Settings } from './project.ts'
import { call, stream } from './call.ts'
import type { Call, Stream } from './call.ts'
import { exploreCalls, exploreStreams } from './explore-api.ts'
import type { ShellRequest } from './shell.ts'
import { stackCalls, stackStreams } from './stack-api.ts'
import type { TapFrame } from './tap.ts'

const path = z.string().min(1).max(4096)
const configText = z.string().max(8 * 1024 * 1024)
const componentId = z.string().min(1).max(512)
const nothing = z.strictObject({})
const position = z.strictObject({ x: z.number(), y: z.number() })

export const weirApi = {
  calls: {
    ...exploreCalls,
    ...stackCalls,
    /** The project of this window; with a path, opens that file in its place. */
    openProject: call<Project>()(z.strictObject({ path: path.optional() })),
    newProject: call<Project>()(z.strictObject({ text: configText.optional() })),
    /** Writes the file if it still is what the window read (`expected`: `Project.version`); else answers with what is there. */
    saveProject: call<Saved>()(
      z.strictObject({
        text: configText,
        expected: z.string().max(128),
        path: path.optional(),
        force: z.boolean().optional(),
      }),
    ),
    saveLayout: call<null>()(z.strictObject({ positions: z.record(componentId, position) })),
    saveDraft: call<null>()(z.strictObject({ text: configText })),
    discardDraft: call<null>()(nothing),
    recentProjects: call<readonly RecentProject[]>()(nothing),
    /** Folders and config files, for the file picker of a browser. */
    listFolder: call<Folder>()(z.strictObject({ path: path.optional() })),
    /** The operating system's own dialog; undefined when cancelled or when there is none (then use `listFolder`). */
    chooseFile: call<string | undefined>()(
      z.strictObject({ purpose: z.enum(['open', 'save']), suggested: path.optional() }),
    ),
    /** The text on the system's clipboard; undefined in a browser, which asks its user itself. */
    clipboardText: call<string | undefined>()(nothing),
    /** Runs this text in place of what runs, whole or not at all. Saves nothing. */
    applyConfig: call<AppliedConfig>()(z.strictObject({ text: configText })),
    /** The text that runs now. */
    runningConfig: call<string>()(nothing),
    startCollector: call<null>()(nothing),
    stopCollector: call<null>()(nothing),
    component: call<ComponentInfo>()(z.strictObject({ id: componentId })),
    /** Asks a target of a running component, by its URL, beside the schedule. */
    scrapeOnce: call<TrialScrape>()(z.strictObject({ id: componentId, url: z.string().min(1).max(8192) })),
    setDemo: call<boolean>()(z.strictObject({ running: z.boolean() })),
    settings: call<Settings>()(nothing),
    saveSettings: call<Settings>()(
      z.strictObject({
        theme: z.enum(['system', 'light', 'dark']).optional(),
        language: z.enum(['system', 'en', 'ko']).optional(),
        density: z.enum(['comfortable', 'compact']).optional(),
        interfaceSize: z.enum(interfaceSizes).optional(),
        checkForUpdates: z.boolean().optional(),
      }),
    ),
    /** Names only: a stored secret never comes back to a window. */
    secrets: call<Secrets>()(nothing),
    saveSecret: call<Secrets>()(z.strictObject({ name: z.string().min(1).max(128), value: z.string().max(65_536) })),
    deleteSecret: call<Secrets>()(z.strictObject({ name: z.string().min(1).max(128) })),
  },
  streams: {
    ...exploreStreams,
    ...stackStreams,
    /** Every change of the picture and the numbers, at most four times a second. */
    frames: stream<Pipeline | StatsFrame>()(nothing),
    collectorState: stream<CollectorState>()(nothing),
    /** The collector's own log, newest 1,000 lines first time, then as they come. */
    collectorLog: stream<readonly LogLine[]>()(nothing),
    /** Items that cross one edge, or enter and leave one component. */
    tap: stream<TapFrame>()(
      z.strictObject({
        from: componentId.optional(),
        to: componentId.optional(),
        perSecond: z.int().min(1).max(200).optional(),
      }),
    ),
    /** Another program wrote the open file, or took it away. */
    diskChanges: stream<DiskChange>()(nothing),
    /** What the desktop asks of this window; nothing in a browser. */
    shellRequests: stream<ShellRequest>()(nothing),
  },
} as const

export type WeirApi = typeof weirApi
export type CallName = keyof WeirApi['calls']
export type StreamName = keyof WeirApi['streams']
export type CallArgs<Name extends CallName> = z.input<WeirApi['calls'][Name]['args']>
export type CallAnswer<Name extends CallName> =
  WeirApi['calls'][Name] extends Call<z.ZodType, infer Answer> ? Answer : never
export type StreamArgs<Name extends StreamName> = z.input<WeirApi['streams'][Name]['args']>
export type StreamEvent<Name extends StreamName> =
  WeirApi['streams'][Name] extends Stream<z.ZodType, infer Event> ? Event : never
