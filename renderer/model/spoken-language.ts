import { Cell } from './cell.ts'

export type SpokenLanguage = 'en' | 'ko'

/** The language the window speaks; set from the settings, read by `useWords`. */
export const spokenLanguage = new Cell<SpokenLanguage>('en')

/** The language for a setting; `system` goes by the browser's preferred languages. */
export function chooseLanguage(setting: 'system' | SpokenLanguage, preferred: readonly string[]): SpokenLanguage {
  if (setting !== 'system') return setting
  const known = preferred.map((tag) => tag.split('-')[0]).find((tag) => tag === 'en' || tag === 'ko')
  return known ?? 'en'
}

type Sayings<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Sayings<T[K]>
}

/** One feature's texts in every language; a text that is missing in one does not compile. */
export interface Words<T> {
  readonly en: T
  readonly ko: Sayings<T>
}

/** Declares a feature's texts: strings, or functions where numbers or names stand in them. */
export function defineWords<const T extends object>(en: T, ko: NoInfer<Sayings<T>>): Words<T> {
  return { en, ko }
}

/** The texts in a language. */
export function wordsIn<T>(words: Words<T>, language: SpokenLanguage): Sayings<T> {
  return language === 'ko' ? words.ko : (words.en as Sayings<T>)
}
