// Code in the tokens' colours. Hues stay with the signals: names of components and references have theirs, the rest is grey.
import { HighlightStyle, syntaxHighlighting, syntaxTree } from '@codemirror/language'
import { RangeSetBuilder } from '@codemirror/state'
import type { Extension } from '@codemirror/state'
import { Decoration, EditorView, ViewPlugin } from '@codemirror/view'
import type { DecorationSet, ViewUpdate } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const highlighting = HighlightStyle.define([
  { tag: tags.className, color: 'var(--slate-12)', fontWeight: '600' },
  { tag: tags.labelName, color: 'var(--slate-12)' },
  { tag: [tags.propertyName, tags.variableName], color: 'var(--slate-12)' },
  { tag: tags.attributeName, color: 'var(--slate-11)' },
  { tag: [tags.string, tags.number, tags.bool, tags.null], color: 'var(--code-value)' },
  { tag: [tags.operator, tags.bracket, tags.punctuation], color: 'var(--slate-10)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--slate-9)', fontStyle: 'italic' },
])

const theme = EditorView.theme({
  '&, .cm-tooltip': { '--code-value': 'light-dark(#4a5a6c, #a7b8cb)' },
  '&': { height: '100%', backgroundColor: 'var(--slate-2)', color: 'var(--slate-12)', fontSize: 'var(--size-3)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', fontFeatureSettings: '"calt" 0, "liga" 0' },
  '.cm-content': { caretColor: 'var(--slate-12)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--slate-12)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--slate-2)', color: 'var(--slate-9)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '32px', padding: '0 4px 0 8px' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--slate-5) 45%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--slate-12)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--selected) 28%, transparent)',
  },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in srgb, var(--selected) 16%, transparent)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'color-mix(in srgb, var(--selected) 24%, transparent)',
    outline: '1px solid var(--selected)',
  },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: 'var(--failing)' },
  '.cm-foldPlaceholder': {
    background: 'var(--slate-4)',
    border: 'none',
    color: 'var(--slate-11)',
    padding: '0 6px',
    margin: '0 2px',
  },
  '.cm-foldGutter .cm-gutterElement': { color: 'var(--slate-9)', padding: '0 2px' },
  '.cm-signal-targets': { color: 'var(--targets)' },
  '.cm-signal-metrics': { color: 'var(--metrics)' },
  '.cm-signal-logs': { color: 'var(--logs)' },
  '.cm-signal-traces': { color: 'var(--traces)' },
  '.cm-signal-profiles': { color: 'var(--profiles)' },
  '.cm-signal-targets *, .cm-signal-metrics *, .cm-signal-logs *, .cm-signal-traces *, .cm-signal-profiles *': {
    color: 'inherit',
  },
})

/** What the first part of a component's name says of its signal. */
const hues: Readonly<Record<string, string>> = {
  discovery: 'targets',
  prometheus: 'metrics',
  mimir: 'metrics',
  loki: 'logs',
  otelcol: 'traces',
  pyroscope: 'profiles',
}

const marks = new Map(Object.values(hues).map((hue) => [hue, Decoration.mark({ class: `cm-signal-${hue}` })]))

function signalMarks({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of visibleRanges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter: (node) => {
        if (node.name !== 'BlockName' && node.name !== 'Member') return true
        const first = /^\w+/.exec(state.sliceDoc(node.from, Math.min(node.to, node.from + 16)))?.[0] ?? ''
        const mark = Object.hasOwn(hues, first) ? marks.get(hues[first]) : undefined
        const atTop = node.name === 'Member' || node.node.parent?.parent?.name === 'File'
        if (mark !== undefined && atTop) builder.add(node.from, node.to, mark)
        return node.name !== 'Member'
      },
    })
  }
  return builder.finish()
}

const signalHues = ViewPlugin.fromClass(
  class {
    marks: DecorationSet

    constructor(view: EditorView) {
      this.marks = signalMarks(view)
    }

    update(update: ViewUpdate): void {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state)
      if (update.docChanged || update.viewportChanged || parsed) this.marks = signalMarks(update.view)
    }
  },
  { decorations: ({ marks }) => marks },
)

/** Colours, fonts and the hues of signals. */
export const codeTheme: Extension = [theme, syntaxHighlighting(highlighting), signalHues]
