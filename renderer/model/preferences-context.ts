import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Settings } from '../../host/contract/project.ts'
import type { Preferences } from './preferences.ts'

export const PreferencesContext = createContext<Preferences | undefined>(undefined)

/** The settings in force, and how to change them. */
export function usePreferences(): readonly [Settings, Preferences] {
  const preferences = useContext(PreferencesContext)
  if (preferences === undefined) throw new Error('a part of the window was drawn outside of it')
  return [useSyncExternalStore(preferences.settings.subscribe, preferences.settings.get), preferences]
}
