import { useEffect, useLayoutEffect } from 'react'
import { chooseInterfaceSize, interfaceSize } from '../model/interface-size.ts'
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
  const [{ theme, density, interfaceSize: size }] = usePreferences()
  useEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset.theme
    else dataset.theme = theme
    dataset.density = density
  }, [theme, density])
  useLayoutEffect(() => {
    const choose = (): void => {
      interfaceSize.set(chooseInterfaceSize(size, { width: window.innerWidth, height: window.innerHeight }))
      document.documentElement.style.setProperty('--interface', String(interfaceSize.get()))
    }
    choose()
    window.addEventListener('resize', choose)
    return () => window.removeEventListener('resize', choose)
  }, [size])
}
