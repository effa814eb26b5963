/** A question that goes beyond a bound or beyond what is stored; the message says which and what to ask instead. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch'
}
