// The config as it is edited: one text, one history, and everything computed from the text. Canvas gestures and text views
// both go through here, so undo steps back over either, and neither can show what the other does not.
import { history, invertedEffects, isolateHistory, redo, redoDepth, undo, undoDepth } from '@codemirror/commands'
import { ChangeSet, EditorState, StateEffect, Transaction } from '@codemirror/state'
import type { ChangeSpec, TransactionSpec } from '@codemirror/state'
import { catalog } from '../../collector-core/catalog.ts'
import { checkConfig } from '../../collector-core/graph/check.ts'
import type { CheckedConfig } from '../../collector-core/graph/check.ts'
import type { EditResult } from '../../collector-core/language/edit-result.ts'
import type { EvaluationEnvironment } from '../../collector-core/language/evaluation-environment.ts'
import { parse } from '../../collector-core/language/parser.ts'
import type { Parsed } from '../../collector-core/language/parser.ts'
import type { TextEdit } from '../../collector-core/language/text-edit.ts'
import { Cell } from './cell.ts'
import { drawGraph } from './picture.ts'
import type { Picture } from './picture.ts'

/** Everything there is to know about one text. */
export interface DocumentSnapshot {
  readonly text: string
  readonly parsed: Parsed
  readonly checked: CheckedConfig
  readonly picture: Picture
}

/** Which steps back and forward there are. */
export interface HistoryDepth {
  readonly undo: number
  readonly redo: number
}

/** Something besides the text that was done and can be undone, such as a move on the canvas. */
export interface Deed {
  readonly undo: () => void
  readonly redo: () => void
}

/** Hears every change of the text, in order, with the offsets of the text before it. */
export type ChangeListener = (changes: ChangeSet, origin: object | undefined) => void

/** Where the text came from; each opening starts a new history. */
export interface DocumentOptions {
  /** Names the file in diagnostics. */
  readonly file: string
  readonly environment: EvaluationEnvironment
  /** Calls `action` after a pause and gives the way to call it off; without it every change is read at once. */
  readonly later?: (ms: number, action: () => void) => () => void
}

/** Reading a text that takes longer than this is put off until typing pauses. */
const longestReadingMs = 24
const pauseMs = 300

const deed = StateEffect.define<Deed>()
const inverted = ({ undo, redo }: Deed): Deed => ({ undo: redo, redo: undo })

const extensions = [
  history({ minDepth: 500 }),
  invertedEffects.of(({ effects }) =>
    effects.flatMap((effect) => (effect.is(deed) ? [deed.of(inverted(effect.value))] : [])),
  ),
  EditorState.lineSeparator.of('\n'),
]

/** A text of many lines is read when typing pauses; until then `snapshot` is of the text before. */
export class ConfigDocument {
  readonly snapshot: Cell<DocumentSnapshot>
  readonly depth = new Cell<HistoryDepth>({ undo: 0, redo: 0 })
  /** Makes an edit of what was typed into a field and not finished yet; a field is in here while there is such text. */
  readonly unfinished = new Set<() => void>()
  private readonly options: DocumentOptions
  private readonly listeners = new Set<ChangeListener>()
  private state: EditorState
  private textOfState: string
  private readingMs = 0
  /** What happened to the text since the snapshot. */
  private unread: ChangeSet | undefined
  private callOff: (() => void) | undefined

  constructor(text: string, options: DocumentOptions) {
    this.options = options
    this.state = EditorState.create({ doc: text, extensions })
    this.textOfState = text
    this.snapshot = new Cell(this.read())
  }

  /** The text as it is now, be it read or not. */
  get text(): string {
    return this.textOfState
  }

  /** Makes the text what a person sees: fields that are still typed into become edits. */
  finishFields(): void {
    for (const finish of this.unfinished) finish()
  }

  /** The snapshot of the text as it is now. */
  current(): DocumentSnapshot {
    if (this.unread !== undefined) this.readNow()
    return this.snapshot.get()
  }

  /** Where a place of the snapshot is in the text as it is now. */
  placeNow(offset: number): number {
    return this.unread?.mapPos(offset) ?? offset
  }

  /** Begins anew with another text; there is no way back to the old one. */
  open(text: string): void {
    const changes = ChangeSet.of({ from: 0, to: this.state.doc.length, insert: text }, this.state.doc.length, '\n')
    this.state = EditorState.create({ doc: text, extensions })
    this.readingMs = 0
    this.changed(changes, undefined)
  }

  /**
   * Applies a gesture, made for the snapshot, as one step of the history; answers with the reason when it cannot be done.
   */
  apply(result: EditResult, origin?: object): { readonly refused: string } | undefined {
    if (result.kind === 'refused') return { refused: result.reason }
    if (result.edits.length === 0) return undefined
    const spec = result.edits.map(({ span, text }) => ({ from: span.start, to: span.end, insert: text }))
    const { unread } = this
    const changes = unread === undefined ? spec : ChangeSet.of(spec, this.snapshot.get().text.length, '\n').map(unread)
    this.dispatch({ changes, annotations: isolateHistory.of('full') }, origin)
    this.current()
    return undefined
  }

  /** Applies edits of the text as it is now as one step of the history. */
  replace(edits: readonly TextEdit[]): void {
    if (edits.length === 0) return
    const changes = edits.map(({ span, text }) => ({ from: span.start, to: span.end, insert: text }))
    this.dispatch({ changes, annotations: isolateHistory.of('full') }, undefined)
    this.current()
  }

  /** Takes over what was typed in a text view (`origin`); typing in one go is one step of the history. */
  type(changes: ChangeSpec, userEvent: string | undefined, origin: object): void {
    this.dispatch({ changes, ...(userEvent !== undefined && { userEvent }) }, origin)
  }

  /** Keeps something that was done as one step of the history. */
  record(done: Deed): void {
    this.state = this.state.update({ effects: deed.of(done), annotations: isolateHistory.of('full') }).state
    this.countSteps()
  }

  /** Steps back; false when there is no step. */
  undo(): boolean {
    return undo({ state: this.state, dispatch: (transaction) => this.accept(transaction, undefined) })
  }

  /** Steps forward again; false when there is no step. */
  redo(): boolean {
    return redo({ state: this.state, dispatch: (transaction) => this.accept(transaction, undefined) })
  }

  onChange(listener: ChangeListener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  private dispatch(spec: TransactionSpec, origin: object | undefined): void {
    this.accept(this.state.update(spec), origin)
  }

  private accept(transaction: Transaction, origin: object | undefined): void {
    this.state = transaction.state
    if (transaction.docChanged) this.changed(transaction.changes, origin)
    else this.countSteps()
    for (const effect of transaction.effects) if (effect.is(deed)) effect.value.redo()
  }

  private countSteps(): void {
    this.depth.set({ undo: undoDepth(this.state), redo: redoDepth(this.state) })
  }

  private changed(changes: ChangeSet, origin: object | undefined): void {
    this.textOfState = this.state.doc.toString()
    this.unread = this.unread?.compose(changes) ?? changes
    const { later } = this.options
    this.callOff?.()
    if (later === undefined || this.readingMs <= longestReadingMs) this.readNow()
    else this.callOff = later(pauseMs, () => this.readNow())
    this.countSteps()
    for (const listener of this.listeners) listener(changes, origin)
  }

  private readNow(): void {
    this.callOff?.()
    this.callOff = undefined
    this.unread = undefined
    this.snapshot.set(this.read())
  }

  private read(): DocumentSnapshot {
    const begun = performance.now()
    const snapshot = this.snapshotOf(this.textOfState)
    this.readingMs = performance.now() - begun
    return snapshot
  }

  /** What would be known of any text if it were this document's. */
  snapshotOf(text: string): DocumentSnapshot {
    const { file, environment } = this.options
    const parsed = parse(text)
    const checked = checkConfig([{ file, text, parsed }], catalog, environment)
    return { text, parsed, checked, picture: drawGraph(checked) }
  }
}
