const longestWords = 1024

/**
 * What a server said in the body of an error answer, fit for a log line: its first 1024 bytes as text, control
 * characters escaped. The message is taken out of a `google.rpc.Status` where the content type says protobuf.
 */
export function serverWords(body: Uint8Array, contentType = ''): string {
  const message = contentType.includes('protobuf') ? statusMessage(body) : undefined
  const bytes = (message ?? body).subarray(0, longestWords)
  return escapeControls(new TextDecoder().decode(bytes).trim())
}

/** Text without anything that could move a cursor, end a line, or reorder what stands around it. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    if (character === '\n') return '\\n'
    if (character === '\t') return '\\t'
    if (character === '\r') return '\\r'
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** google.rpc.Status: 1 code varint, 2 message string, 3 details message. Gives field 2, if the bytes are that shape. */
function statusMessage(bytes: Uint8Array): Uint8Array | undefined {
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at++]
    let value = 0
    let shift = 0
    for (;;) {
      if (at >= bytes.length || shift > 28) return undefined
      const byte = bytes[at++]
      value += (byte & 127) * 2 ** shift
      shift += 7
      if (byte < 128) break
    }
    if (tag === 8) continue
    if (tag !== 18 && tag !== 26) return undefined
    if (tag === 18) return bytes.subarray(at, at + value)
    at += value
  }
  return undefined
}
