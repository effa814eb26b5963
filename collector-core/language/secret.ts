/**
 * Text that must not be shown by accident: printing, JSON and inspection give `(secret)`; only `reveal` gives the text.
 * An optional secret that turned out to be plain has `masked` false and shows itself.
 */
export class Secret {
  readonly masked: boolean
  readonly #text: string

  constructor(text: string, options: { readonly masked?: boolean } = {}) {
    this.#text = text
    this.masked = options.masked ?? true
  }

  /** The text itself; the only way to it. */
  reveal(): string {
    return this.#text
  }

  /** True when both hold the same text and are masked alike. */
  equals(other: Secret): boolean {
    return this.#text === other.#text && this.masked === other.masked
  }

  toString(): string {
    return this.masked ? '(secret)' : this.#text
  }

  toJSON(): string {
    return this.toString()
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
