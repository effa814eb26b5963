import { useEffect, useRef, useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import { exportFormats } from '../../../host/contract/stack.ts'
import type { ExportFormat } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { notify } from '../../ui/toast.tsx'
import { useWords } from '../../ui/use-words.ts'
import { told } from './told.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

interface ExportPanelProps {
  readonly client: WeirClient
  readonly text: string
  /** Somebody came for it; `onFound` says that it was brought into sight. */
  readonly sought: boolean
  readonly onFound: () => void
}

/** Writes the config with what it needs to run on real Alloy. */
export function ExportPanel({ client, text, sought, onFound }: ExportPanelProps) {
  const say = useWords(words)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!sought) return
    panel.current?.scrollIntoView()
    onFound()
  }, [sought, onFound])
  const [format, setFormat] = useState<ExportFormat>('compose')
  const [folder, setFolder] = useState('')
  const write = async (): Promise<void> => {
    const answer = await told(client.call('exportStack', { format, folder, text }))
    if (answer === undefined) return
    if (answer.kind === 'exported') notify({ tone: 'done', title: say.exported(answer.files.length, answer.folder) })
    else notify({ tone: 'failed', title: answer.problem.message, detail: answer.problem.nextStep })
  }
  return (
    <section ref={panel} className={styles.panel} aria-label={say.exportTitle}>
      <h2 className={styles.subtitle}>{say.exportTitle}</h2>
      <p className={styles.note}>{say.exportDetail}</p>
      <Segments
        label={say.exportTitle}
        value={format}
        segments={exportFormats.map((value) => ({ value, label: say.exportFormats[value] }))}
        onChange={setFormat}
      />
      <form
        className={styles.row}
        onSubmit={(event) => {
          event.preventDefault()
          void write()
        }}
      >
        <TextInput mono label={say.exportFolder} placeholder={say.exportFolder} value={folder} onChange={setFolder} />
        <Button type="submit" disabled={folder === ''} icon="export">
          {say.exportDo}
        </Button>
      </form>
    </section>
  )
}
