import { useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { DoctorHop, DoctorReport } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { told } from './told.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

const marks: Readonly<Record<DoctorHop['state'], IconName>> = {
  ok: 'check',
  broken: 'error',
  unknown: 'info',
  skipped: 'minus',
}
const states = { ok: 'passed', broken: 'failed', unknown: 'waiting', skipped: 'skipped' } as const

/** Walks from the program to Grafana and names the first hop that is broken. */
export function Doctor({ client }: { readonly client: WeirClient }) {
  const translate = useTranslation()
  const say = useWords(words)
  const [service, setService] = useState('')
  const [report, setReport] = useState<DoctorReport>()
  const [asking, setAsking] = useState(false)
  const ask = async (): Promise<void> => {
    setAsking(true)
    setReport(await told(client.call('doctor', service === '' ? {} : { service })))
    setAsking(false)
  }
  return (
    <div className={styles.page}>
      <section className={styles.panel} aria-label={say.sections.doctor}>
        <p className={styles.note}>{say.doctorDetail}</p>
        <form
          className={styles.row}
          onSubmit={(event) => {
            event.preventDefault()
            void ask()
          }}
        >
          <TextInput value={service} onChange={setService} label={say.doctorService} placeholder={say.doctorService} />
          <Button type="submit" kind="primary" busy={asking}>
            {say.doctorRun}
          </Button>
        </form>
        {asking && <Skeleton lines={6} />}
        {report !== undefined && !asking && (
          <>
            <p className={styles.verdict} role="status" data-failing={report.broken !== undefined}>
              {report.broken === undefined ? say.doctorFine : translate(report.broken.words)}
              {report.broken?.fix !== undefined && <em>{translate(report.broken.fix)}</em>}
            </p>
            <ol className={styles.ticks}>
              {report.hops.map(({ name, state, words: said, fix }, index) => (
                <li key={index} className={styles.tick} data-state={states[state]}>
                  <Icon name={marks[state]} />
                  <span>
                    <b>{translate(name)}</b> {translate(said)}
                    {fix !== undefined && <em>{translate(fix)}</em>}
                  </span>
                  <span className={styles.mono}>{say.hopStates[state]}</span>
                </li>
              ))}
            </ol>
          </>
        )}
      </section>
    </div>
  )
}
