const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const sines = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0)

/** The MD5 digest of bytes as four little-endian words (RFC 1321); for hashing labels, not for security. */
export function md5(bytes: Uint8Array): Uint32Array {
  const blocks = (bytes.length + 72) >>> 6
  const padded = new Uint8Array(blocks * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, (bytes.length << 3) >>> 0, true)
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true)
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  for (let block = 0; block < padded.length; block += 64) mix(state, view, block)
  return state
}

function mix(state: Uint32Array, view: DataView, block: number): void {
  let [a, b, c, d] = state
  for (let i = 0; i < 64; i++) {
    const round = i >>> 4
    let word: number
    let chosen: number
    if (round === 0) {
      chosen = (b & c) | (~b & d)
      word = i
    } else if (round === 1) {
      chosen = (d & b) | (~d & c)
      word = (5 * i + 1) & 15
    } else if (round === 2) {
      chosen = b ^ c ^ d
      word = (3 * i + 5) & 15
    } else {
      chosen = c ^ (b | ~d)
      word = (7 * i) & 15
    }
    const sum = (a + chosen + sines[i] + view.getInt32(block + word * 4, true)) | 0
    const turn = shifts[round * 4 + (i & 3)]
    a = d
    d = c
    c = b
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0
  }
  state[0] += a
  state[1] += b
  state[2] += c
  state[3] += d
}

const encoder = new TextEncoder()

/** The last eight bytes of the MD5 digest of a text, read as one big-endian number, modulo `modulus`. */
export function hashModulo(text: string, modulus: number): number {
  const digest = md5(encoder.encode(text))
  const view = new DataView(digest.buffer)
  // Words are stored as the platform does, which is little-endian everywhere Node and browsers run.
  return Number(view.getBigUint64(8, false) % BigInt(modulus))
}
