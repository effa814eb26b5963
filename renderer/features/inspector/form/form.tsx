import { useMemo, useSyncExternalStore } from 'react'
import { pathOf } from '../../../../collector-core/language/walk.ts'
import type { Block } from '../../../../collector-core/language/ast.ts'
import type { Fields } from '../../../../collector-core/schema/field.ts'
import { notify } from '../../../ui/toast.tsx'
import { useTranslation } from '../../../ui/use-translation.ts'
import { useSnapshot, useWorkbench } from '../../../model/workbench-context.ts'
import { FormBody } from './form-body.tsx'
import { FormContext } from './form-context.ts'
import type { FormWorld } from './form-context.ts'
import styles from './form.module.css'
import { useKeptFocus } from './use-kept-focus.ts'

interface FormProps {
  readonly block: Block
  readonly fields: Fields
  /** The id of the component; undefined for a block that configures Weir. */
  readonly component: string | undefined
}

/** The arguments of a block as a form; every change is one edit of the text. */
export function Form({ block, fields, component }: FormProps) {
  const translate = useTranslation()
  const { project, spotlight } = useWorkbench()
  const { parsed, checked } = useSnapshot()
  const place = useSyncExternalStore(spotlight.place.subscribe, spotlight.place.get)
  const { form, onFocus, editing } = useKeptFocus(parsed)
  const world = useMemo<FormWorld>(
    () => ({
      parsed,
      graph: checked.graph,
      diagnostics: checked.diagnostics,
      component,
      change: (edit) => {
        const { document } = project
        editing()
        const outcome = document.apply(edit(document.current().parsed))
        if (outcome !== undefined) notify({ tone: 'warning', title: outcome.refused, id: 'form' })
      },
      sought: place?.span,
    }),
    [parsed, checked, component, project, place, editing],
  )
  const path = pathOf(parsed.tree, block)
  if (path === undefined) return null
  const own = checked.diagnostics.filter(
    ({ span }) => span.start >= block.name.span.start && span.end <= block.open.start,
  )
  return (
    <FormContext value={world}>
      <div ref={form} className={styles.form} onFocus={onFocus}>
        {own.map(({ message, severity }, index) => (
          <p key={index} className={severity === 'error' ? styles.error : styles.warning}>
            {translate(message)}
          </p>
        ))}
        <FormBody fields={fields} block={block} path={path} />
      </div>
    </FormContext>
  )
}
