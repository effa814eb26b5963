import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { alloy } from './alloy-language.ts'
import { codeRoot } from './code-root.ts'
import { codeTheme } from './code-theme.ts'
import { codeWords } from './code-words.ts'

interface CodeBlockProps {
  readonly text: string
  readonly label: string
}

/** A piece of config to read and to copy from. */
export function CodeBlock({ text, label }: CodeBlockProps) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = new EditorView({
      ...codeRoot(host.current!),
      state: EditorState.create({
        doc: text.replaceAll('\r\n', '\n'),
        extensions: [
          alloy(),
          codeTheme,
          codeWords(),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        ],
      }),
    })
    return () => view.destroy()
  }, [text, label])
  return <div ref={host} />
}
