/** FNV-1a over `bytes[start..end)`, 32 bits; of long lines the first and last 2 KiB and the length. */
export function lineHash(bytes: Uint8Array, start: number, end: number): number {
  const half = 2048
  let hash = 0x811c9dc5 ^ (end - start)
  const firstEnd = Math.min(end, start + half)
  for (let i = start; i < firstEnd; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
  for (let i = Math.max(firstEnd, end - half); i < end; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193)
  return hash >>> 0
}
