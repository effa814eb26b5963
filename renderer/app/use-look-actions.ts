import { useEffect } from 'react'
import type { Action } from '../model/actions.ts'
import { usePreferences } from '../model/preferences-context.ts'
import { useWorkbench } from '../model/workbench-context.ts'
import { words } from './words.ts'

/** Offers the themes, densities and languages to the command palette. */
export function useLookActions(): void {
  const { actions } = useWorkbench()
  const [, preferences] = usePreferences()
  useEffect(() => {
    const change = (changes: Parameters<typeof preferences.change>[0]) => (): void =>
      void preferences.change(changes).catch(() => undefined)
    const themes = (['system', 'light', 'dark'] as const).map((theme): Action => ({
      ...{ id: `window.theme-${theme}`, group: 'window', run: change({ theme }) },
      title: { en: words.en.theme[theme], ko: words.ko.theme[theme] },
    }))
    const languages = (
      [
        ['en', 'English'],
        ['ko', '한국어'],
      ] as const
    ).map(([language, name]): Action => ({
      ...{ id: `window.language-${language}`, group: 'window', run: change({ language }) },
      title: { en: `Language: ${name}`, ko: `언어: ${name}` },
    }))
    const densities = (
      [
        ['comfortable', 'Density: comfortable', '밀도: 편안하게'],
        ['compact', 'Density: compact', '밀도: 촘촘하게'],
      ] as const
    ).map(([density, en, ko]): Action => ({
      ...{ id: `window.density-${density}`, group: 'window', title: { en, ko }, run: change({ density }) },
    }))
    return actions.add([...themes, ...densities, ...languages])
  }, [actions, preferences])
}
