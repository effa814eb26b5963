import type { ReactNode } from 'react'
import type { AlloyStatement, AlloyValue } from '../../../../collector-core/http-api/contract.ts'
import { HealthMark } from '../../../ui/health-mark.tsx'
import { shortNumber } from '../../../ui/quantity.ts'
import { useTranslation } from '../../../ui/use-translation.ts'
import { useWords } from '../../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './debug-cards.module.css'

const mostCards = 50

/** Debug info: plain facts first, then one card per block, such as a scrape target. */
export function DebugCards({
  statements,
  now,
  below,
}: {
  readonly statements: readonly AlloyStatement[]
  readonly now: number
  /** What else stands in the card of a block. */
  readonly below?: (body: readonly AlloyStatement[]) => ReactNode
}) {
  const say = useWords(words)
  const facts = statements.filter((statement) => statement.type === 'attr')
  const blocks = statements.filter((statement) => statement.type === 'block')
  return (
    <div className={styles.cards}>
      {facts.length > 0 && <Facts statements={facts} now={now} />}
      {blocks.slice(0, mostCards).map(({ name, label, body }, index) => (
        <section key={index} className={styles.card}>
          <h4 className={styles.heading}>{label === undefined ? name : `${name} ${label}`}</h4>
          <Facts statements={body} now={now} />
          {below?.(body)}
        </section>
      ))}
      {blocks.length > mostCards && <p className={styles.more}>{say.showing(mostCards, blocks.length)}</p>}
    </div>
  )
}

function Facts({ statements, now }: { readonly statements: readonly AlloyStatement[]; readonly now: number }) {
  return (
    <dl className={styles.facts}>
      {statements.map((statement, index) =>
        statement.type === 'attr' ? (
          <div key={index} className={styles.fact}>
            <dt>{statement.name}</dt>
            <dd>
              <Value name={statement.name} value={statement.value} now={now} />
            </dd>
          </div>
        ) : (
          <div key={index} className={styles.nested}>
            <dt>{statement.name}</dt>
            <dd>
              <Facts statements={statement.body} now={now} />
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

function Value({
  name,
  value: { type, value },
  now,
}: {
  readonly name: string
  readonly value: AlloyValue
  readonly now: number
}) {
  const say = useWords(words)
  const translate = useTranslation()
  if (type === 'string') {
    const text = value as string
    if (text === '') return <span className={styles.none}>–</span>
    if (moment.test(text)) return <span title={text}>{say.ago(now - Date.parse(text))}</span>
    if (name === 'health') {
      const state = text === 'up' ? 'healthy' : text === 'down' ? 'unhealthy' : 'unknown'
      return (
        <span className={styles.health}>
          <HealthMark silent state={state} /> <span>{text}</span>
        </span>
      )
    }
    return <span className={name.includes('error') ? styles.error : undefined}>{translate(text)}</span>
  }
  if (type === 'number') return <span title={String(value)}>{shortNumber(value as number)}</span>
  if (type === 'object') {
    return (
      <ul className={styles.labels}>
        {(value as readonly { key: string; value: AlloyValue }[]).map((entry) => (
          <li key={entry.key}>
            <span className={styles.key}>{entry.key}</span> {String(entry.value.value)}
          </li>
        ))}
      </ul>
    )
  }
  if (type === 'array') return (value as readonly AlloyValue[]).map((item) => String(item.value)).join(', ')
  return String(value)
}
