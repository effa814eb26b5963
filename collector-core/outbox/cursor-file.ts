// How far an outbox has delivered, durable: one file with two slots. The one that was synced last stays as it is until the
// other has been, so a torn write leaves it.
import { crc32 } from 'node:zlib'
import { isUnreadable } from './file-system.ts'
import type { FileSystem, OpenFile } from './file-system.ts'
import type { LogPosition, Place } from './fragment.ts'
import { origin } from './fragment.ts'

/** What the cursor remembers. */
export interface CursorState {
  readonly outboxId: number
  /** Everything before is done: delivered, or given up and counted. */
  readonly acked: LogPosition
  /** Where the first fragment not done lies. */
  readonly place: Place
  /** What became of the fragments from `acked` on, as far as anything did. */
  readonly marks: Marks
  /** Fragments dropped to make room although some before them are still to be sent; `from` equals `to` when there are none. */
  readonly hole: { readonly from: LogPosition; readonly to: LogPosition }
  /** The end of the log when this was written: everything before it was durable. */
  readonly end: LogPosition
}

/** For each fragment of a row: 0 nothing yet, 1 done, any other number the request it is part of. */
export type Marks = Uint16Array

const headBytes = 128
const slotBytes = 4096
const slotOffsets = [0, slotBytes] as const

/** Most marks a cursor holds. */
export const mostMarks = (slotBytes - headBytes) / 2

const magic = 0x43_57_4f_42
const version = 2

/** The cursor file of an outbox directory. Calls to `save` must not overlap. */
export class CursorFile {
  private readonly files: FileSystem
  private readonly directory: string
  private file: OpenFile | undefined
  private generation = 0
  /** The slot that was synced last. */
  private sound = 0

  constructor(files: FileSystem, directory: string) {
    this.files = files
    this.directory = directory
  }

  /** The newest sound state; undefined when there is none. Rejects when the file cannot be opened. */
  async load(): Promise<CursorState | undefined> {
    const path = `${this.directory}/cursor`
    if ((await this.files.size(path)) === undefined) return undefined
    this.file = await this.files.open(path, 'update')
    let newest: CursorState | undefined
    let soundest = -1
    for (const [index, offset] of slotOffsets.entries()) {
      const bytes = Buffer.alloc(slotBytes)
      await this.file.read(bytes, offset).catch((error: unknown) => {
        if (!isUnreadable(error)) throw error
      })
      const slot = decodeSlot(bytes)
      if (slot === undefined) continue
      if (slot.synced && slot.generation > soundest) {
        soundest = slot.generation
        this.sound = index
      }
      if (slot.generation < this.generation) continue
      this.generation = slot.generation
      newest = slot.state
    }
    return newest
  }

  /**
   * Makes `state` durable. When the file cannot be written a new one takes its place; rejects when that fails too, and
   * what was saved before still holds.
   */
  save(state: CursorState): Promise<void> {
    return this.put(state, true)
  }

  /** As `save`, but safe only from the end of the process: a power cut may bring back what was saved before. */
  note(state: CursorState): Promise<void> {
    return this.put(state, false)
  }

  private async put(state: CursorState, synced: boolean): Promise<void> {
    const generation = this.generation + 1
    const target = 1 - this.sound
    if (this.file !== undefined) {
      try {
        await this.file.write(encodeSlot(generation, state, synced), slotOffsets[target])
        if (synced) {
          await this.file.sync()
          this.sound = target
        }
        this.generation = generation
        return
      } catch {
        // A file whose sync failed once cannot be believed again.
        await this.close()
      }
    }
    await this.replace(generation, encodeSlot(generation, state, true))
  }

  async close(): Promise<void> {
    const file = this.file
    this.file = undefined
    await file?.close().catch(() => undefined)
  }

  private async replace(generation: number, slot: Buffer): Promise<void> {
    const fresh = `${this.directory}/cursor.new`
    // One that an earlier attempt left may be a file whose sync failed.
    if ((await this.files.size(fresh)) !== undefined) await this.files.remove(fresh)
    const file = await this.files.open(fresh, 'create')
    try {
      const whole = Buffer.alloc(slotOffsets[1] + slot.length)
      whole.set(slot, slotOffsets[0])
      await file.write(whole, 0)
      await file.sync()
      await this.files.rename(fresh, `${this.directory}/cursor`)
      await this.files.syncDirectory(this.directory)
    } catch (error) {
      await file.close().catch(() => undefined)
      throw error
    }
    this.file = file
    this.generation = generation
    this.sound = 0
  }
}

/*
 * offset  bytes  field
 *      0      4  magic
 *      4      4  version
 *      8      4  outbox id
 *     12      4  number of marks
 *     16      8  generation
 *     24     16  acked: sequence, items
 *     40     16  place: segment, offset
 *     56      8  1 when it was only written, 0 when it was to be synced
 *     64     32  hole: from sequence, from items, to sequence, to items
 *     96     16  end: sequence, items
 *    124      4  crc32 of bytes 0..124 and the marks
 *    128         marks, 2 bytes each
 * Integers are little endian; 8-byte fields are float64.
 */
function encodeSlot(generation: number, state: CursorState, synced: boolean): Buffer {
  const { acked, place, marks, hole, end } = state
  const bytes = Buffer.alloc(headBytes + 2 * marks.length)
  bytes.writeUInt32LE(magic, 0)
  bytes.writeUInt32LE(version, 4)
  bytes.writeUInt32LE(state.outboxId, 8)
  bytes.writeUInt32LE(marks.length, 12)
  marks.forEach((mark, index) => bytes.writeUInt16LE(mark, headBytes + 2 * index))
  const numbers = [generation, acked.sequence, acked.items, place.segment, place.offset, synced ? 0 : 1]
  numbers.push(hole.from.sequence, hole.from.items, hole.to.sequence, hole.to.items, end.sequence, end.items)
  numbers.forEach((value, index) => bytes.writeDoubleLE(value, 16 + 8 * index))
  bytes.writeUInt32LE(checksum(bytes), 124)
  return bytes
}

function decodeSlot(bytes: Buffer): { generation: number; synced: boolean; state: CursorState } | undefined {
  if (bytes.readUInt32LE(0) !== magic || bytes.readUInt32LE(4) !== version) return undefined
  const markCount = bytes.readUInt32LE(12)
  if (markCount > mostMarks) return undefined
  if (checksum(bytes.subarray(0, headBytes + 2 * markCount)) !== bytes.readUInt32LE(124)) return undefined
  const number = (index: number): number => bytes.readDoubleLE(16 + 8 * index)
  const position = (index: number): LogPosition => ({ sequence: number(index), items: number(index + 1) })
  const state = {
    outboxId: bytes.readUInt32LE(8),
    acked: position(1),
    place: { segment: number(3), offset: number(4) },
    marks: Uint16Array.from({ length: markCount }, (_, index) => bytes.readUInt16LE(headBytes + 2 * index)),
    hole: { from: position(6), to: position(8) },
    end: position(10),
  }
  return { generation: number(0), synced: number(5) === 0, state }
}

function checksum(slot: Buffer): number {
  return crc32(slot.subarray(headBytes), crc32(slot.subarray(0, 124)))
}

export const noMarks: Marks = new Uint16Array(0)

/** The hole of an outbox that dropped nothing out of order. */
export const noHole = { from: origin, to: origin }
