import { catalog } from '../../../collector-core/catalog.ts'
import { componentOffers } from '../../model/component-offers.ts'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './offer-docs.module.css'

/** What a component is for, what it takes and gives, and a small configuration. */
export function OfferDocs({ name }: { readonly name: string }) {
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
      <p className={styles.summary}>{offer.summary === '' ? say.choosing.kept : offer.summary}</p>
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
      <pre className={styles.example}>{catalog.components.get(name)?.example.trim()}</pre>
    </article>
  )
}
