import { createRequire } from 'node:module'
import { compressBlockInto, maxCompressedBytes } from './compress-block.ts'

/** The WebAssembly encoder's memory never shrinks, so larger inputs go to the encoder in TypeScript. */
const wasmLimitBytes = 16 * 1024 * 1024
const scratchLimitBytes = 4 * 1024 * 1024

interface WasmSnappy {
  compress_raw(bytes: Uint8Array): Uint8Array<ArrayBuffer>
}

function loadWasm(): WasmSnappy | undefined {
  try {
    return createRequire(import.meta.url)('snappy-wasm') as WasmSnappy
  } catch {
    return undefined
  }
}

let wasm = loadWasm()
let scratch = new Uint8Array(0)

/** One snappy block holding `bytes`. The result owns its memory and may be kept. */
export function compress(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (wasm !== undefined && bytes.length <= wasmLimitBytes) {
    try {
      return wasm.compress_raw(bytes)
    } catch {
      // A trapped WebAssembly instance is not trusted again; the encoder below does the same work, slower.
      wasm = undefined
    }
  }
  return compressPlain(bytes)
}

/** As `compress`, by the encoder in TypeScript alone. */
export function compressPlain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const needed = maxCompressedBytes(bytes.length)
  if (needed > scratchLimitBytes) {
    const output = new Uint8Array(needed)
    return output.slice(0, compressBlockInto(bytes, output))
  }
  if (scratch.length < needed) scratch = new Uint8Array(needed)
  return scratch.slice(0, compressBlockInto(bytes, scratch))
}
