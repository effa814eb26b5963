import { useEffect, useState } from 'react'
import { useCell } from '../../live/connection-context.ts'
import { componentOffers } from '../../model/component-offers.ts'
import { pressed } from '../../model/keys.ts'
import { spokenLanguage } from '../../model/spoken-language.ts'
import { useSnapshot, useWorkbench } from '../../model/workbench-context.ts'
import { Chooser } from '../../ui/chooser.tsx'
import type { Choice } from '../../ui/chooser.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'

const groups = ['view', 'project', 'edit', 'canvas', 'text', 'window', 'component'] as const
const keys = 'Mod+K'

/** Everything the window can do and every component, a few letters away: Ctrl-K, on a Mac Cmd-K. */
export function CommandPalette() {
  const [open, setOpen] = useState(false)
  const { actions } = useWorkbench()
  useEffect(() => {
    const show = (): void => setOpen(true)
    const withdraw = actions.add([
      {
        id: 'window.commands',
        group: 'window',
        title: { en: words.en.title, ko: words.ko.title },
        keys: [keys],
        run: show,
      },
    ])
    // Before anything that has the focus, be it the text or a field.
    const listen = (event: KeyboardEvent): void => {
      if (!pressed(event, keys)) return
      event.preventDefault()
      event.stopPropagation()
      show()
    }
    window.addEventListener('keydown', listen, true)
    return () => {
      withdraw()
      window.removeEventListener('keydown', listen, true)
    }
  }, [actions])
  return open && <Commands onClose={() => setOpen(false)} />
}

function Commands({ onClose }: { readonly onClose: () => void }) {
  const say = useWords(words)
  const language = useCell(spokenLanguage)
  const { actions, selection } = useWorkbench()
  const { picture } = useSnapshot()
  const all = useCell(actions.all)
  const choices: readonly Choice[] = [
    ...all
      .filter(({ group }) => group === 'view')
      .map((action) => ({
        id: action.id,
        label: action.title[language],
        group: say.groups.view,
        keys: action.keys?.[0],
      })),
    ...picture.nodes.map(({ id, name, label, fact, kind }) => ({
      ...{ id: `go ${id}`, label, detail: fact === '' ? name : `${name} · ${fact}`, keywords: [id] },
      group: say.components,
      glyph: <SignalGlyph kind={kind} />,
    })),
    ...groups.slice(1).flatMap((group) =>
      all
        .filter((action) => action.group === group)
        .map((action): Choice => {
          const offer = group === 'component' ? offerOf(action.id) : undefined
          return {
            ...{ id: action.id, label: offer?.name ?? action.title[language], group: say.groups[group] },
            detail: offer?.summary === '' ? undefined : offer?.summary,
            glyph: offer && <SignalGlyph kind={offer.kind} />,
            keywords: Object.values(action.title),
            keys: action.keys?.at(0),
            disabled: action.enabled?.() === false,
          }
        }),
    ),
  ]
  return (
    <Chooser
      title={say.title}
      placeholder={say.search}
      empty={say.nothing}
      choices={choices}
      onClose={onClose}
      onChoose={(id) => {
        onClose()
        if (id.startsWith('go ')) {
          selection.reveal(id.slice(3))
          actions.run('canvas.focus')
        } else actions.run(id)
      }}
    />
  )
}

const offerOf = (id: string) => componentOffers.find(({ name }) => id === `component.${name}`)
