import { createHash } from 'node:crypto'
import type { LineText } from './pure/stages/line-text.ts'
import type { TemplateRuntime } from './pure/template/template-function.ts'

/** A view of the same memory with Node's native searching and decoding. */
export function bufferOf(bytes: Uint8Array, end = bytes.length): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, end)
}

const asBuffer = (bytes: Uint8Array): Buffer => (Buffer.isBuffer(bytes) ? bytes : bufferOf(bytes))

export const nodeLineText: LineText = {
  decode: (bytes, start, end) => asBuffer(bytes).toString('utf8', start, end),
  encode: (text) => Buffer.from(text, 'utf8'),
  indexOf: (bytes, needle, from) => asBuffer(bytes).indexOf(needle, from),
  byteLength: (text) => Buffer.byteLength(text, 'utf8'),
}

export const nodeTemplateRuntime: TemplateRuntime = {
  hash: (algorithm, text) => createHash(algorithm).update(text, 'utf8').digest('hex'),
}
