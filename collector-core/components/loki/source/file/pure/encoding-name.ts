/** How the bytes of a file become UTF-8: newlines are found in units of `unit` bytes. */
export type EncodingKind = 'utf-8' | 'utf-16' | 'utf-16le' | 'utf-16be' | 'other'

/** The kind an IANA name stands for; undefined when it is not known. `''` is UTF-8. */
export function encodingKind(name: string): EncodingKind | undefined {
  const lower = name.trim().toLowerCase()
  if (lower === '' || lower === 'utf-8' || lower === 'utf8' || lower === 'us-ascii' || lower === 'ascii') return 'utf-8'
  if (lower === 'utf-16') return 'utf-16'
  if (lower === 'utf-16le') return 'utf-16le'
  if (lower === 'utf-16be') return 'utf-16be'
  try {
    new TextDecoder(lower)
    return 'other'
  } catch {
    return undefined
  }
}

export const isKnownEncoding = (name: string): boolean => encodingKind(name) !== undefined
