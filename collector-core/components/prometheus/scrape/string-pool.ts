const mostStrings = 100_000

/** Keeps one copy of strings that occur in many series; starts over when it has seen too many different ones. */
export class StringPool {
  private strings = new Map<string, string>()

  intern(text: string): string {
    const known = this.strings.get(text)
    if (known !== undefined) return known
    if (this.strings.size >= mostStrings) this.strings = new Map()
    this.strings.set(text, text)
    return text
  }
}
