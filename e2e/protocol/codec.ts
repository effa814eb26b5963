import { readFileSync } from 'node:fs'
import protobuf from 'protobufjs'

/** Reads and writes one message type of a `.proto` file beside this one, int64 as decimal text and bytes as base64. */
export interface Codec<T> {
  decode(bytes: Uint8Array): T
  encode(message: object): Uint8Array
}

/** A codec whose decoded objects carry every field: defaults are filled in, unset messages and oneofs are null or absent. */
export function codecOf<T>(file: string, type: string): Codec<T> {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  const message = protobuf.parse(text, { keepCase: true }).root.lookupType(type)
  return {
    decode: (bytes) =>
      message.toObject(message.decode(bytes), { defaults: true, arrays: true, longs: String, bytes: String }) as T,
    encode: (plain) => message.encode(message.fromObject(plain)).finish(),
  }
}
