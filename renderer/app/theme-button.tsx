import { useEffect } from 'react'
import { IconButton } from '../ui/icon-button.tsx'
import { useWords } from '../ui/use-words.ts'
import { useKept } from './kept.ts'
import { words } from './words.ts'

const next = { system: 'light', light: 'dark', dark: 'system' } as const
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const

/** Steps through the themes. */
export function ThemeButton() {
  const say = useWords(words)
  const [theme, setTheme] = useKept<keyof typeof next>('theme', 'system', (value) => String(value) in next)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  return <IconButton icon={icons[theme]} label={say.theme[theme]} onClick={() => setTheme(next[theme])} />
}
