import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { ExpressionControl } from './expression-control.tsx'
import { useForm } from './form-context.ts'
import { removeValue, setValue } from './form-edit.ts'
import styles from './form.module.css'
import { Entries } from './map-control.tsx'
import type { PartedValueProps } from './value-props.ts'
import { words } from './words.ts'

/** Targets that are written out, each a set of labels. */
export function TargetsControl({ shape, at, expression, name, Value }: PartedValueProps) {
  const say = useWords(words)
  const { change } = useForm()
  const targets = expression?.kind === 'array' ? expression.elements : []
  return (
    <div className={styles.items} role="group" aria-label={name}>
      {targets.map((target, index) => {
        const place = { ...at, steps: [...at.steps, index] }
        const what = say.item(name, index + 1)
        return (
          <div key={index} className={styles.card}>
            <div className={styles.value}>
              {target.kind === 'object' ? (
                <Entries of={{ kind: 'string' }} at={place} expression={target} name={what} Value={Value} />
              ) : (
                <ExpressionControl shape={shape} at={place} expression={target} name={what} />
              )}
            </div>
            <IconButton
              icon="delete"
              label={say.remove(what)}
              onClick={() => change((parsed) => removeValue(parsed, place))}
            />
          </div>
        )
      })}
      <Button
        kind="quiet"
        icon="plus"
        onClick={() =>
          change((parsed) =>
            setValue(parsed, { ...at, steps: [...at.steps, targets.length] }, '{"__address__" = "localhost:8080"}'),
          )
        }
      >
        {say.addTarget}
      </Button>
    </div>
  )
}
