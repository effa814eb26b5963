import { Cell } from './cell.ts'
import { spokenLanguage } from './spoken-language.ts'
import type { SpokenLanguage } from './spoken-language.ts'

export type Translate = (english: string) => string

const asItIs: Translate = (english) => english

/**
 * Says in the window's language what others say in English: failures, complaints about the config, documentation, states.
 * A sentence it does not know stays English.
 */
export const translation = new Cell<Translate>(asItIs)

/** Lets the translation follow the language; the sentences of one are fetched when it is chosen. */
export async function translateInto(language: SpokenLanguage): Promise<void> {
  if (language === 'en') {
    translation.set(asItIs)
    return
  }
  const { toKorean } = await import('../korean/to-korean.ts')
  if (spokenLanguage.get() === language) translation.set(toKorean)
}
