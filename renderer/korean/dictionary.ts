import { fill, fixedLength, readForm, sentencesIn, valuesIn } from './sentence-form.ts'
import type { SentenceForm } from './sentence-form.ts'

/** English sentences and what they are in another language; both may have the holes `{1}`, `{2}`, …. */
export type Sentences = Readonly<Record<string, string>>

const mostRemembered = 2000
/** Longer texts are output of programs, not sentences. */
const longest = 4000
/** A sentence may hold others, as in "not found: nothing listens at …"; a longer chain than this is no sentence of Weir. */
const deepest = 6
/** Ways to join sentences that are the same in every language. */
const joins: Sentences = { '{1}: {2}': '{1}: {2}', '{1} · {2}': '{1} · {2}', '{1}.': '{1}.' }

/** Translates whole sentences, and the sentences that stand in their holes; what it does not know stays as it is. */
export class Dictionary {
  private readonly fixed = new Map<string, string>()
  private readonly forms: { readonly from: SentenceForm; readonly to: SentenceForm }[] = []
  private readonly remembered = new Map<string, string>()

  constructor(lists: readonly Sentences[]) {
    for (const [from, to] of [...lists, joins].flatMap((list) => Object.entries(list))) {
      const form = readForm(from)
      if (form.holes.length === 0) this.fixed.set(from, to)
      else this.forms.push({ from: form, to: readForm(to) })
    }
    this.forms.sort((a, b) => fixedLength(b.from) - fixedLength(a.from))
  }

  readonly translate = (text: string): string => {
    if (text.length > longest) return text
    const known = this.remembered.get(text)
    if (known !== undefined) return known
    const said = this.say(text, deepest)
    if (this.remembered.size >= mostRemembered) this.remembered.clear()
    this.remembered.set(text, said)
    return said
  }

  private say(text: string, depth: number): string {
    const fixed = this.fixed.get(text)
    if (fixed !== undefined || depth === 0) return fixed ?? text
    for (const { from, to } of this.forms) {
      const values = valuesIn(from, text)
      if (values !== undefined) return fill(to, values, (value) => this.say(value, depth - 1))
    }
    const sentences = sentencesIn(text)
    return sentences.length === 1 ? text : sentences.map((sentence) => this.say(sentence, depth - 1)).join(' ')
  }
}
