import { hoverTooltip } from '@codemirror/view'
import type { Tooltip } from '@codemirror/view'
import type { Extension } from '@codemirror/state'
import { translation } from '../../model/translation.ts'
import type { EditorHost } from './editor-host.ts'
import { explainPlace } from './explain-place.ts'
import type { Explanation } from './explain-place.ts'

/** Explains names under the mouse. */
export function hoverDocs({ document }: EditorHost): Extension {
  return hoverTooltip(({ state }, offset) => {
    const found = explainPlace(state, offset, document.snapshot.get().checked.graph)
    if (found === undefined || offset < found.from || offset > found.to) return null
    return docsTooltip(found)
  })
}

/** An explanation above the name it explains. */
export function docsTooltip(found: Explanation): Tooltip {
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom: wordsOf(found) }) }
}

function wordsOf({ code, doc, remarks }: Explanation): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'cm-docs'
  const add = (className: string, text: string): void => {
    if (text === '') return
    const part = document.createElement('div')
    part.className = className
    part.textContent = text
    dom.append(part)
  }
  add('cm-docs-code', code)
  add('cm-docs-text', translation.get()(doc))
  add('cm-docs-remarks', remarks.join(' · '))
  return dom
}
