import { useEffect } from 'react'
import { usePreferences } from '../model/preferences-context.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useWords } from '../ui/use-words.ts'
import { words } from './words.ts'

const next = { system: 'light', light: 'dark', dark: 'system' } as const
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const

/** Steps through the themes. */
export function ThemeButton() {
  const say = useWords(words)
  const [{ theme }, preferences] = usePreferences()
  return (
    <IconButton
      icon={icons[theme]}
      label={say.theme[theme]}
      onClick={() => void preferences.change({ theme: next[theme] }).catch(() => undefined)}
    />
  )
}

/** Writes the settings onto the document, where the style sheets read them. */
export function useDocumentLook(): void {
  const [{ theme, density }] = usePreferences()
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset.theme
    else dataset.theme = theme
    dataset.density = density
  }, [theme, density])
}
