import { useSyncExternalStore } from 'react'
import { translation } from '../model/translation.ts'
import type { Translate } from '../model/translation.ts'

/** Turns English sentences from outside the window into its language; draws again when that changes. */
export function useTranslation(): Translate {
  return useSyncExternalStore(translation.subscribe, translation.get)
}
