import { EditorView } from '@codemirror/view'

const popup = {
  backgroundColor: 'var(--slate-2)',
  color: 'var(--slate-12)',
  border: '1px solid var(--slate-6)',
  borderRadius: 'var(--radius)',
  boxShadow: 'var(--shadow)',
}

const field = {
  backgroundColor: 'var(--slate-1)',
  color: 'var(--slate-12)',
  border: '1px solid var(--slate-6)',
  borderRadius: 'var(--radius)',
  padding: '3px 8px',
  font: 'inherit',
}

/** Panels, pop-ups and marks of the text view, in the window's own looks. */
export const editorTheme = EditorView.theme({
  '.cm-selected-block': { boxShadow: 'inset 2px 0 0 var(--selected)' },
  '.cm-tooltip': { ...popup, font: 'var(--size-2) / 1.45 var(--sans)', overflow: 'hidden' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '280px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'color-mix(in srgb, var(--selected) 22%, var(--slate-2))',
    color: 'var(--slate-12)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--slate-10)', fontStyle: 'normal' },
  '.cm-completionInfo': { ...popup, padding: '6px 10px', maxWidth: '320px', whiteSpace: 'pre-wrap' },
  '.cm-docs': { maxWidth: '440px', padding: '8px 10px' },
  '.cm-docs-code': { fontFamily: 'var(--mono)', fontWeight: '600', overflowWrap: 'anywhere' },
  '.cm-docs-text': { marginTop: '4px' },
  '.cm-docs-remarks': { marginTop: '4px', color: 'var(--slate-10)' },
  '.cm-panels': { backgroundColor: 'var(--slate-3)', color: 'var(--slate-12)', zIndex: '1' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--slate-5)' },
  '.cm-panel': { font: 'var(--size-2) / 1.4 var(--sans)', padding: '6px 8px !important' },
  '.cm-panel label': { fontSize: 'inherit', display: 'inline-flex', alignItems: 'center', gap: '4px' },
  '.cm-textfield': { ...field, fontSize: 'inherit' },
  '.cm-dialog input': field,
  '.cm-button': { ...field, backgroundImage: 'none', backgroundColor: 'var(--slate-4)', cursor: 'pointer' },
  '.cm-panel button[name=close]': { color: 'var(--slate-10)', padding: '4px 8px' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeftWidth: '3px', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--failing)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--waiting)' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--selected)',
    color: 'var(--slate-1)',
    borderRadius: 'var(--radius)',
    padding: '2px 8px',
    margin: '0 0 0 8px',
    cursor: 'pointer',
  },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--failing) 1px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--waiting) 1px' },
  '.cm-lint-marker': { width: '0.8em', height: '0.8em' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, var(--waiting) 30%, transparent)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--waiting) 55%, transparent)' },
})
