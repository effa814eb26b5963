import { keysOf } from '../model/keys.ts'
import styles from './kbd.module.css'

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
const arrows = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }
const spellings: Readonly<Record<string, string>> = apple
  ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵', Delete: 'Del', ...arrows }
  : { Mod: 'Ctrl', Enter: '↵', Delete: 'Del', ...arrows, Escape: 'Esc' }

/** A combination such as `Mod+Shift+Z`, each key as this machine labels it; `Mod` is the command or control key. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {keysOf(keys).map((key) => (
        <kbd key={key} className={styles.key}>
          {spellings[key] ?? key}
        </kbd>
      ))}
    </span>
  )
}
