/** A secret: it prints as something harmless, and only `reveal` gives its text. */
export interface Revealable {
  reveal(): string
}
