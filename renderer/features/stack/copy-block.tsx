import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface CopyBlockProps {
  readonly title: string
  readonly detail: string
  readonly text: string
  /** Beside the button that copies. */
  readonly actions?: ReactNode
}

/** Text to be taken elsewhere. */
export function CopyBlock({ title, detail, text, actions }: CopyBlockProps) {
  const say = useWords(words)
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <section className={styles.panel} aria-label={title}>
      <h2 className={styles.subtitle}>
        {title}
        <span className={styles.buttons}>
          {actions}
          <Button icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
            {copied ? say.copied : say.copy}
          </Button>
        </span>
      </h2>
      <p className={styles.note}>{detail}</p>
      <pre className={styles.code} tabIndex={0}>
        {text}
      </pre>
    </section>
  )
}
