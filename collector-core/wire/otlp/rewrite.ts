// Copies a request item by item: an item may be left out or replaced, everything else is copied as bytes. Scopes and
// resources that end up without items are left out too.
import { FieldCursor } from '../protobuf/field-cursor.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { itemField, resourceField, scopeField } from './layout.ts'

/** Edits the items of one request. */
export interface ItemEditor {
  /** What becomes of the span, log record or metric whose content is `request[start..end)`. */
  decide(start: number, end: number): 'keep' | 'drop' | 'replace'
  /**
   * Called after `replace`: writes the item's whole field, tag included, to `output`, where `output.again(from, to)`
   * copies `request[from..to)`.
   */
  replace(start: number, end: number, output: ProtobufWriter): void
}

/** A rewritten request; `bytes` is empty when nothing is left. */
export interface Rewritten {
  readonly bytes: Uint8Array
  readonly kept: number
  readonly dropped: number
}

/**
 * Rewrites a well-formed request (see `countItems`); for metrics an item is a whole metric. When every item is kept as it
 * is, `bytes` is `request` itself; else it is a view of what `writer` holds and good until the writer is used again.
 */
export function rewriteItems(request: Uint8Array, editor: ItemEditor, writer?: ProtobufWriter): Rewritten {
  return new Rewriting(request, editor, writer ?? new ProtobufWriter(2 * request.length + 64)).run()
}

class Rewriting {
  private readonly request: Uint8Array
  private readonly editor: ItemEditor
  // Holds the request itself, then the output: copying within one buffer costs a fraction of copying between two.
  private readonly writer: ProtobufWriter
  private kept = 0
  private dropped = 0
  private differs = false

  constructor(request: Uint8Array, editor: ItemEditor, writer: ProtobufWriter) {
    this.request = request
    this.editor = editor
    this.writer = writer
  }

  run(): Rewritten {
    const { request, writer } = this
    writer.clear()
    writer.raw(request)
    const from = writer.length
    const resources = new FieldCursor(request).over(0, request.length)
    const scopes = new FieldCursor(request)
    const items = new FieldCursor(request)
    while (resources.next()) {
      if (resources.field !== resourceField) continue
      const { start, end } = resources
      const before = writer.length
      const keptBefore = this.kept
      const at = writer.begin(resourceField, end - start)
      let copiedTo = start
      scopes.over(start, end)
      while (scopes.next()) {
        if (scopes.field !== scopeField) continue
        writer.again(copiedTo, scopes.begin)
        this.rewriteScope(items.over(scopes.start, scopes.end), scopes.start, scopes.end)
        copiedTo = scopes.end
      }
      writer.again(copiedTo, end)
      writer.end(at, end - start)
      if (this.kept === keptBefore) writer.length = before
    }
    const bytes = this.differs ? writer.bytes.subarray(from, writer.length) : request
    return { bytes, kept: this.kept, dropped: this.dropped }
  }

  private rewriteScope(items: FieldCursor, start: number, end: number): void {
    const { writer, editor } = this
    const before = writer.length
    const keptBefore = this.kept
    const at = writer.begin(scopeField, end - start)
    let copiedTo = start
    while (items.next()) {
      if (items.field !== itemField) continue
      const decision = editor.decide(items.start, items.end)
      if (decision === 'keep') {
        this.kept++
        continue
      }
      this.differs = true
      writer.again(copiedTo, items.begin)
      copiedTo = items.end
      if (decision === 'drop') this.dropped++
      else {
        this.kept++
        editor.replace(items.start, items.end, writer)
      }
    }
    writer.again(copiedTo, end)
    writer.end(at, end - start)
    if (this.kept > keptBefore) return
    writer.length = before
    this.differs = true
  }
}
