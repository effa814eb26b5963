// Which config each window has open, and everything a window does with it.
import { dirname, join, resolve } from 'node:path'
import { homedir } from 'node:os'
import type { Clock } from '../../collector-core/runtime/clock.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import type { DiskChange, Folder, Project, RecentProject, Saved } from '../contract/project.ts'
import { isWritable, readConfigFile, saveConfigFile } from './config-file.ts'
import type { ReadConfig } from './config-file.ts'
import { watchDisk } from './disk-watch.ts'
import { Drafts } from './drafts.ts'
import { LayoutFile } from './layout-file.ts'
import type { Positions } from './layout-file.ts'
import { listFolder } from './list-folder.ts'
import { RecentProjects } from './recent-projects.ts'

/** What one window has open; `path` is undefined for a config that was never saved. */
interface OpenConfig {
  path: string | undefined
  /** Version of the bytes the window knows of. */
  version: string
  /** Text of a config that was never saved, as it began. */
  text: string
  positions: Positions
}

const mostWindows = 64

export interface WindowProjectsOptions {
  /** Where drafts and the list of recent configs are kept. */
  readonly folder: string
  readonly clock: Clock
  /** What a new window opens; undefined for an unsaved config with `text`. */
  readonly first: string | undefined
  readonly text: string
  /** Hears of every file that was opened or saved. */
  readonly onFile?: (path: string) => void
}

export class WindowProjects {
  private readonly options: WindowProjectsOptions
  private readonly drafts: Drafts
  private readonly recent: RecentProjects
  private readonly windows = new Map<string, OpenConfig>()
  private readonly saving = new Map<string, Promise<unknown>>()
  /** What a window opens that has nothing open: what was opened last by any. */
  private latest: string | undefined

  constructor(options: WindowProjectsOptions) {
    this.options = options
    const now = (): number => options.clock.now()
    this.drafts = new Drafts(join(options.folder, 'drafts'), now)
    this.recent = new RecentProjects(join(options.folder, 'recent.json'), now)
    this.latest = options.first === undefined ? undefined : absolute(options.first)
  }

  /** Opens a file in a window, or tells what the window has open. */
  async open(window: string, path: string | undefined): Promise<Project> {
    const wanted = path === undefined ? this.of(window).path : absolute(path)
    if (wanted === undefined) return this.unsaved(this.of(window))
    const [read, positions, draft, writable] = await Promise.all([
      readConfigFile(wanted).catch((error: unknown) => {
        // A window is not locked out of its own config because the file was deleted.
        if (path === undefined && error instanceof WeirError && error.code === 'no-such-config') return undefined
        throw error
      }),
      new LayoutFile(wanted).read(),
      this.drafts.read(wanted),
      isWritable(wanted),
    ])
    const { text, version }: ReadConfig = read ?? { text: '', version: '' }
    this.remember(window, { path: wanted, version, text, positions })
    this.latest = wanted
    if (read !== undefined) await this.used(wanted)
    return {
      path: wanted,
      text,
      version,
      positions,
      draft: draft?.text === text ? undefined : draft,
      readOnly: read !== undefined && !writable,
    }
  }

  /** Begins a config that no file holds. */
  async begin(window: string, text: string): Promise<Project> {
    await this.drafts.discard(undefined)
    const open: OpenConfig = { path: undefined, version: '', text, positions: {} }
    this.remember(window, open)
    return this.unsaved(open)
  }

  /** Writes to the window's file, or to another that then is the window's. */
  async save(
    window: string,
    { text, expected, path, force }: { text: string; expected: string; path?: string; force?: boolean },
  ): Promise<Saved> {
    const open = this.of(window)
    const target = path === undefined ? open.path : absolute(path)
    if (target === undefined) {
      return { kind: 'failed', message: 'This config has no file yet.', nextStep: 'Choose where to save it.' }
    }
    const saved = await this.inTurn(target, () => saveConfigFile(target, text, { expected, force }))
    if (saved.kind !== 'saved') return saved
    const before = open.path
    const moved = before !== target
    Object.assign(open, { path: target, version: saved.version })
    this.latest = target
    await this.drafts.discard(before)
    if (moved) {
      await this.drafts.discard(target)
      await new LayoutFile(target).write(open.positions).catch(() => undefined)
    }
    await this.used(target)
    return saved
  }

  async saveLayout(window: string, positions: Positions): Promise<void> {
    const open = this.of(window)
    open.positions = positions
    const { path } = open
    if (path === undefined) return
    try {
      await this.inTurn(`${path} layout`, () => new LayoutFile(path).write(positions))
    } catch (error) {
      const words = (error as NodeJS.ErrnoException).code ?? String(error)
      throw new WeirError(
        'layout-not-saved',
        `The places of the nodes were not saved beside ${path}: ${words}`,
        'The config itself is not affected. Make its folder writable to keep the layout.',
        { cause: error },
      )
    }
  }

  async saveDraft(window: string, text: string): Promise<void> {
    await this.drafts.write(this.of(window).path, text)
  }

  async discardDraft(window: string): Promise<void> {
    await this.drafts.discard(this.of(window).path)
  }

  recentProjects(): Promise<readonly RecentProject[]> {
    return this.recent.list()
  }

  /** Lists a folder; without one, that of the window's config, else the user's home. */
  listFolder(window: string, path: string | undefined): Promise<Folder> {
    const own = this.of(window).path
    return listFolder(path === undefined ? (own === undefined ? homedir() : dirname(own)) : absolute(path))
  }

  /** The path of the window's config, if it was ever saved. */
  fileOf(window: string): string | undefined {
    return this.of(window).path
  }

  /** Tells when another program, or another window, wrote the window's file. */
  watch(window: string, onChange: (change: DiskChange) => void): () => void {
    return watchDisk(
      this.options.clock,
      () => this.of(window).path,
      () => this.of(window).version,
      onChange,
    )
  }

  private of(window: string): OpenConfig {
    const open = this.windows.get(window) ?? {
      path: this.latest,
      version: '',
      text: this.options.text,
      positions: {},
    }
    this.remember(window, open)
    return open
  }

  /** The windows heard of last are the ones that are open. */
  private remember(window: string, open: OpenConfig): void {
    this.windows.delete(window)
    this.windows.set(window, open)
    for (const oldest of this.windows.keys()) {
      if (this.windows.size <= mostWindows) break
      this.windows.delete(oldest)
    }
  }

  private async used(path: string): Promise<void> {
    await this.recent.add(path)
    this.options.onFile?.(path)
  }

  private async unsaved({ text, positions }: OpenConfig): Promise<Project> {
    const draft = await this.drafts.read(undefined)
    return {
      path: undefined,
      text,
      version: '',
      positions,
      draft: draft?.text === text ? undefined : draft,
      readOnly: false,
    }
  }

  private async inTurn<T>(path: string, action: () => Promise<T>): Promise<T> {
    const turn = (this.saving.get(path) ?? Promise.resolve()).then(action, action)
    this.saving.set(path, turn)
    try {
      return await turn
    } finally {
      if (this.saving.get(path) === turn) this.saving.delete(path)
    }
  }
}

function absolute(path: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1))
  return resolve(path)
}
