import { connect, disconnect } from '../../../../collector-core/language/edit-connection.ts'
import { fittingReferences } from '../../../model/fitting-references.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import type { MenuEntry } from '../../../ui/menu.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { useForm } from './form-context.ts'
import { setValue } from './form-edit.ts'
import styles from './form.module.css'
import { referencesIn } from './literal-of.ts'
import type { ValueProps } from './value-props.ts'
import { words } from './words.ts'

/** Where data goes to or comes from: one row per reference, and a picker of the components that fit. */
export function ReferencesControl({ shape, at, expression, name }: ValueProps) {
  const say = useWords(words)
  const { graph, component, change } = useForm()
  const references = expression === undefined ? [] : referencesIn(expression, shape)!
  const place = { block: at.block, attribute: at.attribute }
  const style = shape.kind === 'targets' ? 'concat' : 'element'
  const offers: MenuEntry[] = fittingReferences(graph, shape, component)
    .filter(({ text }) => !references.includes(text))
    .map(({ text }) => ({ label: text, onSelect: () => change((parsed) => connect(parsed, place, text, style)) }))
  const nothing: MenuEntry = { label: say.nothingFits, disabled: true, onSelect: () => undefined }
  return (
    <div className={styles.items} role="group" aria-label={name}>
      {references.map((reference) => (
        <div key={reference} className={styles.item}>
          <code className={styles.reference}>{reference}</code>
          <IconButton
            icon="close"
            label={say.remove(reference)}
            onClick={() => change((parsed) => disconnect(parsed, place, reference))}
          />
        </div>
      ))}
      <div className={styles.row}>
        <Menu entries={offers.length > 0 ? offers : [nothing]}>
          <Button kind="quiet" icon="plus">
            {say.connect}
          </Button>
        </Menu>
        {shape.kind === 'targets' && references.length === 0 && (
          <Button
            kind="quiet"
            icon="plus"
            onClick={() => change((parsed) => setValue(parsed, at, '[{"__address__" = "localhost:8080"}]'))}
          >
            {say.addTarget}
          </Button>
        )}
      </div>
    </div>
  )
}
