/** From here on one native copy is cheaper than a loop over words. */
const nativeCopyBytes = 300

/**
 * Copies `length` bytes from `from` of `source` to `to` of `target`; short ones word by word. The views cover the same
 * bytes as the arrays.
 */
export function copyLine(
  source: Uint8Array,
  sourceView: DataView,
  from: number,
  target: Uint8Array,
  targetView: DataView,
  to: number,
  length: number,
): void {
  if (length >= nativeCopyBytes) {
    target.set(source.subarray(from, from + length), to)
    return
  }
  let read = from
  let write = to
  const end = from + length
  for (; read + 4 <= end; read += 4, write += 4) targetView.setInt32(write, sourceView.getInt32(read, true), true)
  for (; read < end; read++, write++) target[write] = source[read]
}
