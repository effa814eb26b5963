import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { alloy } from './alloy-language.ts'
import { codeRoot } from './code-root.ts'
import { codeTheme } from './code-theme.ts'
import { codeWords } from './code-words.ts'
import styles from './diff-view.module.css'

interface DiffViewProps {
  readonly before: string
  readonly after: string
  readonly label: string
}

const looks = EditorView.theme({
  '.cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--healthy) 9%, transparent) !important' },
  '.cm-changedText, .cm-insertedLine .cm-changedText': {
    background: 'color-mix(in srgb, var(--healthy) 28%, transparent) !important',
  },
  '.cm-deletedChunk': { backgroundColor: 'color-mix(in srgb, var(--failing) 12%, transparent)', paddingLeft: '6px' },
  '.cm-deletedText, .cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--failing) 26%, transparent) !important',
  },
  // Hues are not strong enough on these.
  '.cm-changedText, .cm-changedText *, .cm-deletedText, .cm-deletedText *': {
    color: 'var(--slate-12) !important',
  },
  '.cm-changeGutter .cm-changedLineGutter': { background: 'var(--healthy)' },
  '.cm-changeGutter .cm-deletedLineGutter': { background: 'var(--failing)' },
  '.cm-collapsedLines': {
    background: 'var(--slate-3)',
    color: 'var(--slate-10)',
    padding: '3px 12px',
    fontSize: 'var(--size-1)',
  },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '""', margin: '0' },
})

/** What was taken out of a text and what was put in, with the lines around; long runs of equal lines are folded. */
export function DiffView({ before, after, label }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = new EditorView({
      ...codeRoot(host.current!),
      state: EditorState.create({
        doc: after.replaceAll('\r\n', '\n'),
        extensions: [
          alloy(),
          codeTheme,
          codeWords(),
          looks,
          lineNumbers(),
          unifiedMergeView({
            original: before.replaceAll('\r\n', '\n'),
            mergeControls: false,
            gutter: true,
            collapseUnchanged: { margin: 3, minSize: 6 },
            diffConfig: { scanLimit: 1_000, timeout: 200 },
          }),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        ],
      }),
    })
    return () => view.destroy()
  }, [before, after, label])
  return <div ref={host} className={styles.diff} />
}
