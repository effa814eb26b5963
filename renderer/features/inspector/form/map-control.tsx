import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useWords } from '../../../ui/use-words.ts'
import type { Expression } from '../../../../collector-core/language/ast.ts'
import type { Shape } from '../../../../collector-core/schema/shape.ts'
import { DraftInput } from './draft-input.tsx'
import { emptyValue } from './empty-value.ts'
import { useForm } from './form-context.ts'
import { removeValue, renameKey, setValue } from './form-edit.ts'
import type { ValueAddress } from './form-edit.ts'
import styles from './form.module.css'
import { useFocusAdded } from './use-focus-added.ts'
import type { PartedValueProps } from './value-props.ts'
import { words } from './words.ts'

/** An object with keys of one's own choice, entry by entry. */
export function MapControl({ shape, at, expression, name, Value }: PartedValueProps) {
  return shape.kind === 'map' ? (
    <Entries of={shape.of} at={at} expression={expression} name={name} Value={Value} />
  ) : null
}

interface EntriesProps {
  readonly of: Shape
  readonly at: ValueAddress
  readonly expression: Expression | undefined
  readonly name: string
  readonly Value: PartedValueProps['Value']
}

/** The entries of an object whose values have one shape. */
export function Entries({ of, at, expression, name, Value }: EntriesProps) {
  const say = useWords(words)
  const { change } = useForm()
  const fields = expression?.kind === 'object' ? expression.fields : []
  const { group, adding } = useFocusAdded(fields.length)
  return (
    <div ref={group} className={styles.items} role="group" aria-label={name}>
      {fields.map((field, index) => {
        const key = field.name.text
        const place = { ...at, steps: [...at.steps, key] }
        return (
          <div key={index} data-part className={styles.item}>
            <div className={styles.key}>
              <DraftInput
                label={say.key(name, index + 1)}
                value={key}
                onCommit={(text) => {
                  if (text === '') return say.keyNeeded
                  if (fields.some((other) => other.name.text === text)) return say.keyTaken(text)
                  change((parsed) => renameKey(parsed, place, text))
                  return undefined
                }}
              />
            </div>
            <div className={styles.value}>
              <Value shape={of} at={place} expression={field.value} name={key} />
            </div>
            <IconButton
              icon="close"
              label={say.remove(key)}
              onClick={() => change((parsed) => removeValue(parsed, place))}
            />
          </div>
        )
      })}
      <Button
        kind="quiet"
        icon="plus"
        onClick={() => {
          const taken = new Set(fields.map((field) => field.name.text))
          let key = 'name'
          for (let number = 2; taken.has(key); number++) key = `name_${number}`
          adding()
          change((parsed) => setValue(parsed, { ...at, steps: [...at.steps, key] }, emptyValue(of)))
        }}
      >
        {say.addEntry}
      </Button>
    </div>
  )
}
