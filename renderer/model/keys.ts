// Keyboard shortcuts as text: `Mod+Shift+Z`, where Mod is Ctrl, on a Mac Cmd.

interface PressedKeys {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** The keys of a shortcut, the one that is pressed last at the end; `+` may be that one. */
export const keysOf = (shortcut: string): readonly string[] => shortcut.split(/\+(?=.)/)

/** Whether a key press is the shortcut. Shift counts for letters and named keys only: `?` needs it on some keyboards. */
export function pressed(event: PressedKeys, keys: string): boolean {
  const parts = keysOf(keys)
  const key = parts.at(-1) ?? ''
  const mod = event.ctrlKey || event.metaKey
  if (mod !== parts.includes('Mod') || event.altKey !== parts.includes('Alt')) return false
  const shiftCounts = key.length > 1 || /^[a-z]$/i.test(key)
  if (shiftCounts && event.shiftKey !== parts.includes('Shift')) return false
  return event.key.toLowerCase() === key.toLowerCase()
}
