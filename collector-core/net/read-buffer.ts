// Socket read buffers, handed from closed connections to new ones. Filling a fresh buffer costs page faults; a used one
// does not.
const bufferBytes = 64 * 1024
const keptBuffers = 32
const free: Buffer[] = []

export function takeReadBuffer(): Buffer {
  return free.pop() ?? Buffer.allocUnsafeSlow(bufferBytes)
}

/** Only for a buffer nothing points into any more. */
export function returnReadBuffer(buffer: Buffer): void {
  if (free.length < keptBuffers) free.push(buffer)
}
