/** Bytes that come in pieces as one; a single piece is not copied. */
export function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
}
