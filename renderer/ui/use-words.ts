import { useSyncExternalStore } from 'react'
import { spokenLanguage, wordsIn } from '../model/spoken-language.ts'
import type { Words } from '../model/spoken-language.ts'

/** A feature's texts in the language of the window; draws again when that changes. */
export function useWords<T>(words: Words<T>) {
  return wordsIn(words, useSyncExternalStore(spokenLanguage.subscribe, spokenLanguage.get))
}
