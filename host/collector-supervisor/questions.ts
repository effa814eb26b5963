import { WeirError } from '../../collector-core/weir-error.ts'
import type { FromCollector, ToCollector } from './messages.ts'

type Unnumbered<Message> = Message extends { readonly id: number } ? Omit<Message, 'id'> : never
export type Question = Unnumbered<Extract<ToCollector, { kind: 'apply' | 'component' | 'scrape-once' }>>
export type Answer = Extract<FromCollector, { kind: 'applied' | 'component' | 'scraped-once' }>

/** Questions under way to the collector, and who waits for their answers. */
export class Questions {
  private readonly waiting = new Map<
    number,
    { readonly resolve: (answer: Answer) => void; readonly reject: (error: WeirError) => void }
  >()
  private last = 0

  ask(question: Question, send: (message: ToCollector) => void): Promise<Answer> {
    const id = ++this.last
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      send({ ...question, id })
    })
  }

  answer(message: Answer | Extract<FromCollector, { kind: 'failed' }>): void {
    const asked = this.waiting.get(message.id)
    this.waiting.delete(message.id)
    if (message.kind !== 'failed') asked?.resolve(message)
    else {
      const { code, message: words, nextStep } = message.failure
      asked?.reject(new WeirError(code, words, nextStep))
    }
  }

  /** Nobody will answer any more. */
  fail(error: WeirError): void {
    for (const { reject } of this.waiting.values()) reject(error)
    this.waiting.clear()
  }
}
