import { catalog } from '../../collector-core/catalog.ts'
import { componentOffers } from '../model/component-offers.ts'
import { defineWords } from '../model/spoken-language.ts'
import { DocText } from './doc-text.tsx'
import { portWords } from './port-words.ts'
import { SignalGlyph } from './signal-glyph.tsx'
import { useWords } from './use-words.ts'
import styles from './offer-docs.module.css'

const words = defineWords(
  { ...portWords.en, kept: 'Weir keeps it in the config but does not run it.' },
  { ...portWords.ko, kept: 'Weir는 설정에 보관하지만 실행하지 않습니다.' },
)

interface OfferDocsProps {
  readonly name: string
  /** With a small configuration. */
  readonly example?: boolean
}

/** What a component is for, what it takes and what it gives. */
export function OfferDocs({ name, example = false }: OfferDocsProps) {
  const say = useWords(words)
  const offer = componentOffers.find((one) => one.name === name)
  if (offer === undefined) return null
  const sides = [
    { title: say.takes, ports: offer.inputs },
    { title: say.gives, ports: offer.outputs },
  ].filter(({ ports }) => ports.length > 0)
  return (
    <article className={styles.docs}>
      <h3 className={styles.name}>{name}</h3>
      <p className={styles.summary}>
        <DocText text={offer.summary === '' ? say.kept : offer.summary} />
      </p>
      {sides.map(({ title, ports }) => (
        <p key={title} className={styles.ports}>
          <span className={styles.side}>{title}</span>
          {ports.map(({ id, kind, port }) => (
            <span key={id} className={styles.port}>
              <SignalGlyph kind={kind} hollow={port === 'otlp'} />
              {say.kinds[kind]}
            </span>
          ))}
        </p>
      ))}
      {example && <pre className={styles.example}>{catalog.components.get(name)?.example.trim()}</pre>}
    </article>
  )
}
