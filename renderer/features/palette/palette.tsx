import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { componentOffers } from '../../model/component-offers.ts'
import type { ComponentOffer } from '../../model/component-offers.ts'
import { draggedComponent } from '../../model/dragged-component.ts'
import type { Translate } from '../../model/translation.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { OfferDocs } from '../../ui/offer-docs.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './palette.module.css'

const stages = ['discover', 'collect', 'process', 'send', 'support', 'kept'] as const

/** Every component there is, to be searched, read about and dragged onto the canvas. */
export function Palette() {
  const say = useWords(words)
  const { actions } = useWorkbench()
  const [search, setSearch] = useState('')
  const [shown, setShown] = useState<string>()
  const translate = useTranslation()
  const found = componentOffers.filter((offer) => matches(offer, search, translate))
  const offer = found.find(({ name }) => name === shown)
  const add = (name: string): void => void actions.run(`component.${name}`)
  /** Up and down move between the components; Enter adds the one it is pressed on, from the search the first one found. */
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-component]')]
    if (event.key === 'Enter') {
      const row = event.target instanceof HTMLInputElement && search !== '' ? rows.at(0) : event.target
      const name = row instanceof HTMLElement ? row.dataset.component : undefined
      if (name === undefined) return
      event.preventDefault()
      add(name)
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const at = rows.indexOf(document.activeElement as HTMLElement)
    rows.at(event.key === 'ArrowDown' ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0))?.focus()
    event.preventDefault()
  }
  return (
    <aside className={styles.palette} aria-label={say.title} data-pane="palette" onKeyDown={onKeyDown}>
      <div className={styles.search}>
        <SearchInput value={search} onChange={setSearch} label={say.search} />
      </div>
      <div className={styles.list}>
        {found.length === 0 && <p className={styles.nothing}>{say.nothing}</p>}
        {stages.map((stage) => {
          const offers = found.filter((one) => (one.stage ?? 'kept') === stage)
          if (offers.length === 0) return null
          return (
            <section key={stage} aria-label={say.stages[stage]}>
              <h2 className={styles.stage}>{say.stages[stage]}</h2>
              {stage === 'kept' && <p className={styles.hint}>{say.keptHint}</p>}
              {offers.map((one) => (
                <Row
                  key={one.name}
                  offer={one}
                  isStop={one === (offer ?? found[0])}
                  onShow={() => setShown(one.name)}
                  onAdd={() => add(one.name)}
                />
              ))}
            </section>
          )
        })}
      </div>
      <div className={styles.docs}>
        {offer === undefined ? <p className={styles.hint}>{say.how}</p> : <OfferDocs name={offer.name} />}
      </div>
    </aside>
  )
}

/** Found by its name and by its summary, in English and in the window's language. */
function matches({ name, summary }: ComponentOffer, search: string, translate: Translate): boolean {
  const text = `${name} ${summary} ${translate(summary)}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

interface RowProps {
  readonly offer: ComponentOffer
  /** The one row that Tab leads to; the arrow keys go on from there. */
  readonly isStop: boolean
  readonly onShow: () => void
  readonly onAdd: () => void
}

function Row({ offer: { name, stage, kind }, isStop, onShow, onAdd }: RowProps) {
  return (
    <button
      type="button"
      draggable
      tabIndex={isStop ? 0 : -1}
      data-component={name}
      data-kept={stage === undefined}
      className={styles.row}
      onMouseEnter={onShow}
      onFocus={onShow}
      onDoubleClick={onAdd}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', name)
        event.dataTransfer.effectAllowed = 'copy'
        draggedComponent.set(name)
      }}
      onDragEnd={() => draggedComponent.set(undefined)}
    >
      <SignalGlyph kind={kind} />
      <span className={styles.name}>{name}</span>
    </button>
  )
}
