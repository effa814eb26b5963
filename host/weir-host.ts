// Everything the app does on the user's machine, put together: the collector and what answers a window. Browser mode and
// the desktop shell make one each and differ in what they pass in.
import { join } from 'node:path'
import type { Clock } from '../collector-core/runtime/clock.ts'
import type { LaunchCollector } from './collector-supervisor/launch.ts'
import { CollectorSupervisor } from './collector-supervisor/supervisor.ts'
import { Demo, demoPort } from './demo/demo.ts'
import { ReceiverFinder } from './demo/find-receiver.ts'
import type { Settings } from './contract/project.ts'
import { bundlePath } from './bundle.ts'
import { collectorTopic } from './handlers/collector.ts'
import { exploreTopic } from './handlers/explore.ts'
import { projectTopic } from './handlers/project.ts'
import type { ChooseFile } from './handlers/project.ts'
import { readSecrets, secretsTopic } from './handlers/secrets.ts'
import type { SecretStore } from './handlers/secrets.ts'
import { SettingsFile, settingsTopic } from './handlers/settings.ts'
import { ShellRequests, shellTopic } from './handlers/shell.ts'
import { stackTopic } from './handlers/stack.ts'
import { WindowProjects } from './project/window-projects.ts'
import type { Handlers } from './session/handlers.ts'
import { nodeBackend } from './stack/embedded-process/launch-backend.ts'
import type { LaunchBackend } from './stack/embedded-process/launch-backend.ts'
import { Stack } from './stack/stack.ts'
import type { OwnCollector } from './stack/stack-options.ts'
import { queryEndpoints } from './stack/query-endpoints.ts'
import { version } from './version.ts'

export interface WeirHostOptions {
  readonly clock: Clock
  readonly random: () => number
  readonly launch: LaunchCollector
  /** Where the collector keeps its queues, and the host its own files in `app/`. */
  readonly storagePath: string
  /** Where the collector's own page is wanted, `host:port`. */
  readonly collectorAddress: string
  readonly demoPort?: number
  /** Starts the embedded backend; by default with this Node. */
  readonly launchBackend?: LaunchBackend
  /** The config to open and run; without one, `exampleText` as a config that was never saved, with the demo. */
  readonly file: string | undefined
  readonly exampleText: string
  readonly secrets: SecretStore
  readonly chooseFile: ChooseFile
  /** The system's clipboard, where the host may read it. */
  readonly readClipboard?: () => Promise<string>
  readonly onSettings?: (settings: Settings) => void
  /** Hears of every file that was opened or saved. */
  readonly onFile?: (path: string) => void
}

export class WeirHost {
  readonly supervisor: CollectorSupervisor
  readonly demo: Demo
  readonly projects: WindowProjects
  readonly settings: SettingsFile
  readonly shellRequests = new ShellRequests()
  readonly handlers: Handlers
  private readonly options: WeirHostOptions
  private stack: Promise<Stack> | undefined
  private opened: Stack | undefined

  constructor(options: WeirHostOptions) {
    const { clock, random, launch, storagePath } = options
    const folder = join(storagePath, 'app')
    this.options = options
    this.supervisor = new CollectorSupervisor({
      ...{ launch, clock, address: options.collectorAddress, storagePath },
      secrets: () => readSecrets(options.secrets),
    })
    const receivers = new ReceiverFinder(this.supervisor)
    this.demo = new Demo({
      clock,
      random,
      port: options.demoPort ?? demoPort,
      receiver: () => receivers.find(),
      post: postJson,
    })
    this.projects = new WindowProjects({
      folder,
      clock,
      first: options.file,
      text: options.exampleText,
      onFile: options.onFile,
    })
    this.settings = new SettingsFile(join(folder, 'settings.json'))
    const project = projectTopic(this.projects, options.chooseFile)
    const collector = collectorTopic(this.supervisor, this.demo, (window) => this.projects.fileOf(window))
    const settings = settingsTopic(this.settings, options.onSettings)
    const secrets = secretsTopic(options.secrets, () => {
      void this.supervisor.applyAgain().catch(() => undefined)
    })
    const userAgent = `Weir/${version}`
    const stack = stackTopic({
      stack: () => this.openStack(userAgent),
      collector: () => this.collectorAddress(),
      secret: (name) => options.secrets.read(name),
      userAgent,
    })
    const explore = exploreTopic(() => queryEndpoints(this.opened))
    const shell = shellTopic(this.shellRequests, options.readClipboard ?? (() => Promise.resolve(undefined)))
    // That nothing in the table is left without an answer is checked here, by the compiler.
    this.handlers = {
      calls: {
        ...project.calls,
        ...collector.calls,
        ...settings.calls,
        ...secrets.calls,
        ...explore.calls,
        ...shell.calls,
        ...stack.calls,
      },
      streams: {
        ...project.streams,
        ...collector.streams,
        ...explore.streams,
        ...shell.streams,
        ...stack.streams,
      },
    }
  }

  /** Starts the collector on the config; throws the `WeirError` that says why the file cannot be opened. */
  async start(): Promise<void> {
    const { file, exampleText } = this.options
    const text = file === undefined ? exampleText : (await this.projects.open('', file)).text
    await this.supervisor.start({ file: file ?? 'unsaved.alloy', text })
    // Somebody else on its port is no reason not to start; the window says so.
    if (file === undefined) await this.demo.set(true).catch(() => undefined)
  }

  async stop(): Promise<void> {
    await (await this.stack?.catch(() => undefined))?.close()
    await this.demo.set(false)
    await this.supervisor.stop()
  }

  /** Opened once; a failure, such as settings that cannot be read, is tried again by the next who asks. */
  private openStack(userAgent: string): Promise<Stack> {
    this.stack ??= Stack.open({
      folder: join(this.options.storagePath, 'stack'),
      userAgent,
      launchBackend: this.options.launchBackend ?? nodeBackend(bundlePath),
      config: () => this.supervisor.runningText,
      collector: ownCollector(this.supervisor),
      secret: (name) => this.options.secrets.read(name),
    }).then(
      (stack) => (this.opened = stack),
      (error: unknown) => {
        this.stack = undefined
        throw error
      },
    )
    return this.stack
  }

  private collectorAddress(): string {
    const { state } = this.supervisor
    return state.kind === 'running' ? state.address : this.options.collectorAddress
  }
}

function ownCollector(supervisor: CollectorSupervisor): OwnCollector {
  return {
    get running() {
      return supervisor.state.kind !== 'stopped'
    },
    stop: () => supervisor.stop(),
    start: () => supervisor.start(),
  }
}

const postWithinMs = 2_000

async function postJson(url: string, body: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(postWithinMs),
  })
  await response.arrayBuffer()
}
