import { useEffect, useState } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const storageKey = 'weir.theme'
const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }

/** The theme in use and a step to the next one; the choice is kept in this browser. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = localStorage.getItem(storageKey)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  })
  useEffect(() => {
    localStorage.setItem(storageKey, theme)
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  return [theme, () => setTheme(next[theme])]
}
