import type { ReactNode } from 'react'
import type { Expression } from '../../../../collector-core/language/ast.ts'
import { Button } from '../../../ui/button.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { emptyValue } from './empty-value.ts'
import { ExpressionControl } from './expression-control.tsx'
import { useForm } from './form-context.ts'
import { moveItem, removeValue, setValue } from './form-edit.ts'
import type { ValueAddress } from './form-edit.ts'
import styles from './form.module.css'
import { Entries } from './map-control.tsx'
import { useFocusAdded } from './use-focus-added.ts'
import type { PartedValueProps, ValueProps } from './value-props.ts'
import { words } from './words.ts'

/** A list, item by item. */
export function ListControl({ shape, at, expression, name, Value }: PartedValueProps) {
  const say = useWords(words)
  if (shape.kind !== 'list') return null
  return (
    <Items
      {...{ at, expression, name }}
      kind="item"
      add={{ label: say.addItem, text: emptyValue(shape.of) }}
      draw={(item, place, what) => <Value shape={shape.of} at={place} expression={item} name={what} />}
    />
  )
}

/** Targets that are written out, each a set of labels. */
export function TargetsControl({ shape, at, expression, name, Value }: PartedValueProps) {
  const say = useWords(words)
  return (
    <Items
      {...{ at, expression, name }}
      kind="card"
      add={{ label: say.addTarget, text: '{"__address__" = "localhost:8080"}' }}
      draw={(target, place, what) =>
        target.kind === 'object' ? (
          <Entries of={{ kind: 'string' }} at={place} expression={target} name={what} Value={Value} />
        ) : (
          <ExpressionControl shape={shape} at={place} expression={target} name={what} />
        )
      }
    />
  )
}

interface ItemsProps extends Pick<ValueProps, 'at' | 'expression' | 'name'> {
  /** A card is large and stays where it is; an item can be moved. */
  readonly kind: 'item' | 'card'
  readonly add: { readonly label: string; readonly text: string }
  readonly draw: (item: Expression, place: ValueAddress, what: string) => ReactNode
}

/** What a list holds, with the ways to move, to remove and to add. */
function Items({ at, expression, name, kind, add, draw }: ItemsProps) {
  const say = useWords(words)
  const { change } = useForm()
  const items = expression?.kind === 'array' ? expression.elements : []
  const { group, adding } = useFocusAdded(items.length)
  return (
    <div ref={group} className={styles.items} role="group" aria-label={name}>
      {items.map((item, index) => {
        const place = { ...at, steps: [...at.steps, index] }
        const what = say.item(name, index + 1)
        return (
          <div key={index} data-part className={styles[kind]}>
            <div className={styles.value}>{draw(item, place, what)}</div>
            {kind === 'item' && items.length > 1 && (
              <IconButton
                icon={index === 0 ? 'down' : 'up'}
                label={index === 0 ? say.moveDown(what) : say.moveUp(what)}
                onClick={() => change((parsed) => moveItem(parsed, at, index, index === 0 ? 1 : -1))}
              />
            )}
            <IconButton
              icon={kind === 'item' ? 'close' : 'delete'}
              label={say.remove(what)}
              onClick={() => change((parsed) => removeValue(parsed, place))}
            />
          </div>
        )
      })}
      <Button
        kind="quiet"
        icon="plus"
        onClick={() => {
          adding()
          change((parsed) => setValue(parsed, { ...at, steps: [...at.steps, items.length] }, add.text))
        }}
      >
        {add.label}
      </Button>
    </div>
  )
}
