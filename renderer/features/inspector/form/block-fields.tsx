import { useState } from 'react'
import type { ComponentType } from 'react'
import type { Block } from '../../../../collector-core/language/ast.ts'
import { removeBlock } from '../../../../collector-core/language/edit-block.ts'
import { pathOf } from '../../../../collector-core/language/walk.ts'
import type { BlockPath } from '../../../../collector-core/language/walk.ts'
import type { Field } from '../../../../collector-core/schema/field.ts'
import type { Shape } from '../../../../collector-core/schema/shape.ts'
import { fieldsOfBlock } from '../../../model/definition-at.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { DocText } from '../../../ui/doc-text.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { useTranslation } from '../../../ui/use-translation.ts'
import { useWords } from '../../../ui/use-words.ts'
import type { FormBodyProps } from './form-body.tsx'
import { useForm } from './form-context.ts'
import { addInnerBlock, moveBlock, siblings } from './form-edit.ts'
import styles from './form.module.css'
import { useFocusAdded } from './use-focus-added.ts'
import { words } from './words.ts'

export const isBlockShape = ({ kind }: Shape): boolean => kind === 'block' || kind === 'blocks' || kind === 'variants'

interface BlockFieldsProps {
  /** Draws what is inside a block. */
  readonly Body: ComponentType<FormBodyProps>
  readonly name: string
  readonly field: Field
  readonly block: Block
  readonly path: BlockPath
}

/** The blocks of one argument: one, several in their order, or the members of a family. */
export function BlockFields({ Body, name, field, block, path }: BlockFieldsProps) {
  const say = useWords(words)
  const { change } = useForm()
  const { shape } = field
  const family = shape.kind === 'variants' ? `${shape.prefix}.` : undefined
  const written = siblings(block, family === undefined ? name : `${family}x`)
  const { group, adding } = useFocusAdded(written.length)
  const add = (inner: string): void => {
    adding()
    change((parsed) => addInnerBlock(parsed, path, inner))
  }
  const mayAdd = shape.kind !== 'block' || written.length === 0
  return (
    <section ref={group} className={styles.blocks} aria-label={name}>
      {written.length === 0 && <p className={styles.name}>{name}</p>}
      {written.map((inner, index) => (
        <InnerBlock
          key={index}
          Body={Body}
          inner={inner}
          field={field}
          index={index}
          count={written.length}
          outer={block}
        />
      ))}
      {mayAdd && (
        <div className={styles.row}>
          {shape.kind === 'variants' ? (
            <Menu
              entries={Object.keys(shape.of()).map((member) => ({
                label: `${shape.prefix}.${member}`,
                onSelect: () => add(`${shape.prefix}.${member}`),
              }))}
            >
              <Button kind="quiet" icon="plus">
                {say.addStage}
              </Button>
            </Menu>
          ) : (
            <Button kind="quiet" icon="plus" onClick={() => add(name)}>
              {say.addBlock(name)}
            </Button>
          )}
        </div>
      )}
      {written.length === 0 && (
        <p className={styles.hint}>
          <DocText text={field.doc} />
        </p>
      )}
    </section>
  )
}

interface InnerBlockProps {
  readonly Body: BlockFieldsProps['Body']
  readonly inner: Block
  readonly outer: Block
  readonly field: Field
  readonly index: number
  readonly count: number
}

function InnerBlock({ Body, inner, outer, field, index, count }: InnerBlockProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const { parsed, diagnostics, change, sought } = useForm()
  const [open, setOpen] = useState(true)
  const name = inner.name.text
  const path = pathOf(parsed.tree, inner)
  const isOuterHere = path !== undefined && outer.body.statements.includes(inner)
  const fields = fieldsOfBlock({ [field.shape.kind === 'variants' ? 'stage' : name]: field }, name)
  if (!isOuterHere || fields === undefined) return null
  const own = diagnostics.filter(({ span }) => span.start >= inner.name.span.start && span.end <= inner.open.start)
  const inside = diagnostics.filter(({ span }) => span.start >= inner.span.start && span.end <= inner.span.end).length
  const holdsSought = sought !== undefined && sought.start >= inner.span.start && sought.end <= inner.span.end
  const what = count > 1 ? `${name} ${index + 1}` : name
  const shown = open || holdsSought
  return (
    <div data-part className={styles.block}>
      <header className={styles.head}>
        <button type="button" className={styles.fold} aria-expanded={shown} onClick={() => setOpen(!shown)}>
          <Icon name={shown ? 'expand' : 'next'} size={14} />
          <span className={styles.name}>{what}</span>
          {!shown && inside > 0 && <Badge tone="failing">{inside}</Badge>}
        </button>
        {count > 1 && (
          <>
            <IconButton
              icon="up"
              label={say.moveUp(what)}
              disabled={index === 0}
              onClick={() => change((now) => moveBlock(now, path, -1))}
            />
            <IconButton
              icon="down"
              label={say.moveDown(what)}
              disabled={index === count - 1}
              onClick={() => change((now) => moveBlock(now, path, 1))}
            />
          </>
        )}
        <IconButton icon="delete" label={say.remove(what)} onClick={() => change((now) => removeBlock(now, path))} />
      </header>
      {shown && (
        <>
          {own.map(({ message, severity }, at) => (
            <p key={at} className={severity === 'error' ? styles.error : styles.warning}>
              {translate(message)}
            </p>
          ))}
          <Body fields={fields} block={inner} path={path} />
        </>
      )}
    </div>
  )
}
