const plainBytes = /[a-z0-9_]/

/** A tenant as a file name: lower-case letters, digits and `_` as they are, other bytes as `-` and two hex digits. */
export function encodeTenant(tenant: string): string {
  let out = ''
  for (const byte of Buffer.from(tenant)) {
    const char = String.fromCharCode(byte)
    out += plainBytes.test(char) ? char : `-${byte.toString(16).padStart(2, '0')}`
  }
  return out
}

/** The tenant `encodeTenant` made a file name of. */
export function decodeTenant(encoded: string): string {
  const bytes: number[] = []
  for (const [, hex, char] of encoded.matchAll(/-([0-9a-f]{2})|([a-z0-9_])/g) as Iterable<
    readonly (string | undefined)[]
  >) {
    bytes.push(hex === undefined ? char!.charCodeAt(0) : Number.parseInt(hex, 16))
  }
  return Buffer.from(bytes).toString()
}
