// Components of the canvas and components that can be added, as they stand in lists.
import type { ComponentOffer } from '../../model/component-offers.ts'
import type { SceneNode } from '../../model/scene.ts'
import type { Choice } from '../../ui/chooser.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import type { useWords } from '../../ui/use-words.ts'
import type { words } from './words.ts'

export type Say = ReturnType<typeof useWords<(typeof words)['en']>>

export function offerChoice({ name, summary, stage, kind }: ComponentOffer, say: Say): Choice {
  return {
    id: name,
    label: name,
    detail: summary === '' ? undefined : summary,
    group: stage === undefined ? say.choosing.kept : say.choosing.runs,
    glyph: <SignalGlyph kind={kind} />,
  }
}

export function nodeChoice(node: SceneNode, group: string): Choice {
  const { id, name, label, fact, kind } = node
  return {
    id,
    label: label === '' ? name : label,
    detail: fact === '' ? name : `${name} · ${fact}`,
    keywords: [id],
    group,
    glyph: <SignalGlyph kind={kind} />,
  }
}
