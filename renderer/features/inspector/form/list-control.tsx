import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { useForm } from './form-context.ts'
import { moveItem, removeValue, setValue } from './form-edit.ts'
import styles from './form.module.css'
import type { PartedValueProps } from './value-props.ts'
import { emptyValue } from './empty-value.ts'
import { words } from './words.ts'

/** A list, item by item. */
export function ListControl({ shape, at, expression, name, Value }: PartedValueProps) {
  const say = useWords(words)
  const { change } = useForm()
  if (shape.kind !== 'list') return null
  const items = expression?.kind === 'array' ? expression.elements : []
  return (
    <div className={styles.items} role="group" aria-label={name}>
      {items.map((item, index) => {
        const place = { ...at, steps: [...at.steps, index] }
        const what = say.item(name, index + 1)
        return (
          <div key={index} className={styles.item}>
            <div className={styles.value}>
              <Value shape={shape.of} at={place} expression={item} name={what} />
            </div>
            {items.length > 1 && (
              <IconButton
                icon={index === 0 ? 'down' : 'up'}
                label={index === 0 ? say.moveDown(what) : say.moveUp(what)}
                onClick={() => change((parsed) => moveItem(parsed, at, index, index === 0 ? 1 : -1))}
              />
            )}
            <IconButton
              icon="close"
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
          change((parsed) => setValue(parsed, { ...at, steps: [...at.steps, items.length] }, emptyValue(shape.of)))
        }
      >
        {say.addItem}
      </Button>
    </div>
  )
}
