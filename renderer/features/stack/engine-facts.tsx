import type { EngineSearch } from '../../../host/contract/stack.ts'
import { DocText } from '../../ui/doc-text.tsx'
import { Table } from '../../ui/table.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

/** Which container engine answered, and what was tried. */
export function EngineFacts({ search: { answered, tried, problem } }: { readonly search: EngineSearch }) {
  const translate = useTranslation()
  const say = useWords(words)
  return (
    <section className={styles.panel} aria-label={say.engine}>
      <h2 className={styles.subtitle}>{say.engine}</h2>
      <p className={styles.note}>
        {answered === undefined ? (
          <DocText text={[say.noEngine, translate(problem?.nextStep ?? '')].filter(Boolean).join('. ')} />
        ) : (
          `${answered.product} ${answered.version} · API ${answered.apiVersion} · ${answered.architecture} · ${answered.host}`
        )}
      </p>
      <details>
        <summary className={styles.summary}>{say.tried}</summary>
        <Table label={say.tried}>
          <tbody>
            {tried.map(({ host, source, outcome, words: said }) => (
              <tr key={`${source} ${host}`}>
                <td>{source}</td>
                <td className={styles.mono}>{host}</td>
                <td data-outcome={outcome}>{translate(said)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </section>
  )
}
