// One window's config from opening to running: the document, the file it came from, the text that runs, and what to do when
// those three part ways.
import type { WeirClient } from '../../../host/contract/client.ts'
import type { CollectorState } from '../../../host/contract/collector-report.ts'
import type { DiskChange, Project } from '../../../host/contract/project.ts'
import { WeirError } from '../../../collector-core/weir-error.ts'
import { Cell } from '../cell.ts'
import type { ConfigDocument } from '../config-document.ts'
import { DraftKeeper } from './draft-keeper.ts'
import { lineEdits } from './line-edits.ts'
import { mergeTexts } from './merge-texts.ts'
import type { Applying, Differences, Happening, OpenFile, Opening } from './project-state.ts'
import type { Answer, AskedQuestion, Question } from './question.ts'

export interface ProjectSessionOptions {
  readonly client: WeirClient
  readonly document: ConfigDocument
  /** Calls `action` after a pause and gives the way to call it off. */
  readonly later: (ms: number, action: () => void) => () => void
  /** Whether the host can open the system's own file dialogs. */
  readonly nativeDialogs: boolean
  /** Whether the window can be seen: one that cannot may be gone the next moment. */
  readonly visible: Cell<boolean>
}

/** Other programs may write again while a save is under way; after so many times a person is asked. */
const mostSaveRounds = 3

export class ProjectSession {
  readonly document: ConfigDocument
  readonly opening = new Cell<Opening>({ kind: 'opening' })
  /** As the host opened it, positions included; replaced when another file is opened. */
  readonly project = new Cell<Project | undefined>(undefined)
  readonly file = new Cell<OpenFile>({ path: undefined, readOnly: false, gone: false, version: '', savedText: '' })
  readonly running = new Cell<string | undefined>(undefined)
  readonly collector = new Cell<CollectorState>({ kind: 'stopped' })
  readonly differences = new Cell<Differences>({ unsaved: false, unapplied: undefined })
  readonly applying = new Cell<Applying>({ kind: 'none' })
  readonly question = new Cell<AskedQuestion | undefined>(undefined)
  readonly happening = new Cell<Happening | undefined>(undefined)
  private readonly options: ProjectSessionOptions
  private readonly drafts: DraftKeeper
  private saving: Promise<boolean> | undefined
  /** Ends when everything heard of the disk has been dealt with. */
  private diskTurn: Promise<unknown> = Promise.resolve()

  constructor(options: ProjectSessionOptions) {
    this.options = options
    this.document = options.document
    this.drafts = new DraftKeeper(options, () => this.differences.get().unsaved)
  }

  /** Opens what the host has for this window and follows the file and the collector, until the returned function is called. */
  start(): () => void {
    const { client } = this.options
    const stops = [
      this.document.onChange(() => this.changed()),
      client.watchConnection(({ kind }) => {
        if (kind === 'open' && this.project.get() === undefined) void this.read({})
      }),
      client.subscribe('diskChanges', {}, (change) => void this.inTurn(() => this.fileChanged(change))),
      client.subscribe('collectorState', {}, (state) => {
        this.collector.set(state)
        void this.readRunning()
      }),
      this.options.visible.subscribe(() => {
        if (!this.options.visible.get()) this.drafts.hurry()
      }),
    ]
    return () => {
      this.drafts.stop()
      for (const stop of stops) stop()
    }
  }

  /** Opens a file in place of this one; asks which when no path is given, and what to do with unsaved text. */
  async open(path?: string): Promise<void> {
    const chosen = path ?? (await this.choose('open', this.file.get().path))
    if (chosen === undefined || !(await this.mayLeave())) return
    await this.read({ path: chosen })
  }

  async create(text?: string): Promise<void> {
    if (await this.mayLeave()) await this.take(() => this.options.client.call('newProject', { text }))
  }

  /** Writes the file, asking for a name where there is none; true when it is written. */
  async save(): Promise<boolean> {
    this.document.finishFields()
    const { path, readOnly } = this.file.get()
    if (path === undefined || readOnly) return this.saveAs()
    // One that is under way may have begun before the newest edit.
    if (this.saving !== undefined) return (await this.saving) && (!this.differences.get().unsaved || this.save())
    this.saving = this.write(path).finally(() => {
      this.saving = undefined
    })
    return this.saving
  }

  async saveAs(): Promise<boolean> {
    this.document.finishFields()
    const chosen = await this.choose('save', this.file.get().path)
    return chosen !== undefined && this.write(chosen, true)
  }

  /** Runs the text in place of what runs, whole or not at all; edits are kept either way. */
  async apply(): Promise<boolean> {
    if (this.applying.get().kind === 'applying') return false
    this.document.finishFields()
    this.applying.set({ kind: 'applying' })
    const { text } = this.document
    try {
      const applied = await this.options.client.call('applyConfig', { text })
      if (applied.kind === 'applied') {
        this.running.set(text)
        this.compare()
        this.happening.set({ kind: 'applied' })
        this.applying.set({ kind: 'applied' })
      } else this.applying.set(applied)
      return applied.kind === 'applied'
    } catch (error) {
      this.applying.set({ kind: 'failed', ...reasonOf(error) })
      return false
    }
  }

  /** Puts the text that runs back into the document, as one step of the history. */
  revertToRunning(): void {
    const running = this.running.get()
    if (running !== undefined) this.replace(running)
  }

  /** Puts the text of the file back into the document, as one step of the history. */
  revertToSaved(): void {
    this.replace(this.file.get().savedText)
  }

  private async read(args: { readonly path?: string }): Promise<void> {
    await this.take(() => this.options.client.call('openProject', args))
  }

  /** Makes what the host answers the open project. */
  private async take(ask: () => Promise<Project>): Promise<void> {
    let project: Project
    try {
      project = await ask()
    } catch (error) {
      const reason = { kind: 'failed', ...reasonOf(error) } as const
      if (this.project.get() === undefined) this.opening.set(reason)
      else this.happening.set(reason)
      return
    }
    const { path, readOnly, version, text, draft } = project
    this.drafts.stop()
    this.file.set({ path, readOnly, gone: false, version, savedText: text })
    this.document.open(text)
    this.applying.set({ kind: 'none' })
    this.project.set(project)
    this.opening.set({ kind: 'open' })
    this.compare()
    if (draft !== undefined && draft.text !== text) await this.recover(draft)
  }

  private async recover(draft: NonNullable<Project['draft']>): Promise<void> {
    const answer = await this.ask({ kind: 'recover', draft, saved: this.file.get().savedText })
    if (answer === 'discard') return this.drafts.discard()
    this.replace(draft.text)
    this.happening.set({ kind: 'recovered' })
  }

  private async write(path: string, elsewhere = false): Promise<boolean> {
    for (let round = 1; round <= mostSaveRounds; round++) {
      const { text } = this.document
      const { version } = this.file.get()
      try {
        const args = elsewhere ? { text, expected: '', path, force: true } : { text, expected: version }
        const saved = await this.options.client.call('saveProject', args)
        if (saved.kind === 'saved') {
          this.file.set({ path: saved.path, readOnly: false, gone: false, version: saved.version, savedText: text })
          this.compare()
          if (this.differences.get().unsaved) this.drafts.changed()
          else void this.drafts.discard()
          this.happening.set({ kind: 'saved' })
          return true
        }
        if (saved.kind === 'failed') {
          this.happening.set(saved)
          return false
        }
        if (!(await this.inTurn(() => this.diskChanged(saved.text, saved.version, true)))) return false
      } catch (error) {
        this.happening.set({ kind: 'failed', ...reasonOf(error) })
        return false
      }
    }
    return false
  }

  private async fileChanged(change: DiskChange): Promise<void> {
    this.file.set({ ...this.file.get(), gone: change.kind === 'gone' })
    this.compare()
    // Of a file that is gone the document is all there is.
    this.drafts.changed()
    if (change.kind === 'gone') this.happening.set({ kind: 'gone' })
    else await this.diskChanged(change.text, change.version)
  }

  /** Brings what another program wrote together with the document; false when it is left for later. */
  private async diskChanged(theirs: string, version: string, saving = false): Promise<boolean> {
    const { savedText, version: known } = this.file.get()
    if (version === known) return true
    const mine = this.document.text
    const merge = mergeTexts(savedText, mine, theirs)
    if (merge.kind === 'merged') {
      this.onDisk(theirs, version)
      this.replace(merge.text)
      if (merge.text !== mine) this.happening.set({ kind: merge.text === theirs ? 'reloaded' : 'merged' })
      return true
    }
    const answer = await this.ask({ kind: 'conflict', theirs, version, saving })
    if (answer === 'later') return false
    this.onDisk(theirs, version)
    if (answer === 'theirs') this.replace(theirs)
    else this.happening.set({ kind: 'kept-mine' })
    return answer === 'mine'
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.diskTurn.then(action)
    this.diskTurn = turn.catch(() => undefined)
    return turn
  }

  private onDisk(savedText: string, version: string): void {
    this.file.set({ ...this.file.get(), savedText, version })
    this.compare()
  }

  private replace(text: string): void {
    this.document.replace(lineEdits(this.document.text, text))
  }

  private async readRunning(): Promise<void> {
    try {
      this.running.set(await this.options.client.call('runningConfig', {}))
    } catch {
      this.running.set(undefined)
    }
    this.compare()
  }

  private changed(): void {
    this.compare()
    this.drafts.changed()
    const { kind } = this.applying.get()
    if (kind !== 'applying' && kind !== 'none') this.applying.set({ kind: 'none' })
  }

  private compare(): void {
    const { text } = this.document
    const { savedText, gone } = this.file.get()
    const unsaved = gone || text !== savedText
    const running = this.running.get()
    const unapplied = running === undefined ? undefined : text !== running
    const before = this.differences.get()
    if (before.unsaved !== unsaved || before.unapplied !== unapplied) this.differences.set({ unsaved, unapplied })
  }

  /** True when the document may be given up: it is saved, or its owner said so. */
  private async mayLeave(): Promise<boolean> {
    this.document.finishFields()
    if (!this.differences.get().unsaved) return true
    const answer = await this.ask({ kind: 'unsaved' })
    if (answer === 'save') return this.save()
    if (answer === 'discard') await this.drafts.discard()
    return answer === 'discard'
  }

  private async choose(purpose: 'open' | 'save', suggested: string | undefined): Promise<string | undefined> {
    if (this.options.nativeDialogs) return this.options.client.call('chooseFile', { purpose, suggested })
    const answer = await this.ask({ kind: 'choose-file', purpose, suggested })
    return answer === 'cancel' ? undefined : answer.path
  }

  private ask<Q extends Question>(question: Q): Promise<Answer<Q['kind']>> {
    return new Promise((resolve) => {
      const earlier = this.question.get()
      this.question.set({
        question,
        answer: (answer) => {
          this.question.set(earlier)
          resolve(answer as Answer<Q['kind']>)
        },
      })
    })
  }
}

function reasonOf(error: unknown): { readonly message: string; readonly nextStep: string } {
  if (error instanceof WeirError) return { message: error.message, nextStep: error.nextStep }
  return { message: error instanceof Error ? error.message : String(error), nextStep: '' }
}
