import { useState } from 'react'
import type { Block } from '../../../../collector-core/language/ast.ts'
import { attributeOf, blocksOf } from '../../../../collector-core/language/walk.ts'
import type { BlockPath } from '../../../../collector-core/language/walk.ts'
import type { Field, Fields } from '../../../../collector-core/schema/field.ts'
import { fieldNamed } from '../../../model/definition-at.ts'
import { Button } from '../../../ui/button.tsx'
import { SearchInput } from '../../../ui/search-input.tsx'
import { useTranslation } from '../../../ui/use-translation.ts'
import { useWords } from '../../../ui/use-words.ts'
import { BlockFields, isBlockShape } from './block-fields.tsx'
import { FormField } from './form-field.tsx'
import styles from './form.module.css'
import { words } from './words.ts'

export interface FormBodyProps {
  readonly fields: Fields
  readonly block: Block
  readonly path: BlockPath
}

/** More arguments than this can be searched. */
const manyFields = 10

/** All arguments a block may hold: those that are set or required, the others on demand. */
export function FormBody({ fields, block, path }: FormBodyProps) {
  const say = useWords(words)
  const translate = useTranslation()
  const [all, setAll] = useState(false)
  const [sought, setSought] = useState('')
  const [reset, setReset] = useState<readonly string[]>([])
  const entries = Object.entries(fields)
  const wanted = sought.trim().toLowerCase()
  const shown = entries.filter(([name, field]) =>
    wanted === ''
      ? all || isInUse(name, field, block) || reset.includes(name)
      : `${name} ${field.doc} ${translate(field.doc)}`.toLowerCase().includes(wanted),
  )
  const hidden = entries.length - shown.length
  const foreign = block.body.statements.filter((statement) => isForeign(statement, fields)).length
  const broken = block.body.statements.some(({ kind }) => kind === 'error-statement')
  return (
    <div className={styles.body}>
      {entries.length > manyFields && <SearchInput value={sought} onChange={setSought} label={say.search} />}
      {broken && <p className={styles.warning}>{say.untilMended}</p>}
      {foreign > 0 && <p className={styles.warning}>{say.unknownParts(foreign)}</p>}
      {shown.map(([name, field]) =>
        isBlockShape(field.shape) ? (
          <BlockFields key={name} Body={FormBody} name={name} field={field} block={block} path={path} />
        ) : (
          <FormField {...{ name, field, fields, block, path }} key={name} onReset={() => setReset([...reset, name])} />
        ),
      )}
      {shown.length === 0 && wanted !== '' && <p className={styles.hint}>{say.noMatch}</p>}
      {wanted === '' && (hidden > 0 || all) && entries.some(([name, field]) => !isInUse(name, field, block)) && (
        <div>
          <Button kind="quiet" icon={all ? 'collapse' : 'expand'} onClick={() => setAll(!all)}>
            {all ? say.fewer : say.more(hidden)}
          </Button>
        </div>
      )}
    </div>
  )
}

function isInUse(name: string, { shape, required }: Field, block: Block): boolean {
  if (shape.kind === 'variants') return true
  if (shape.kind === 'block' || shape.kind === 'blocks') {
    const needed = shape.kind === 'block' ? shape.presence === 'required' : shape.min > 0
    return needed || name === 'rule' || blocksOf(block.body).some((inner) => inner.name.text === name)
  }
  return required || attributeOf(block.body, name) !== undefined
}

function isForeign(statement: Block['body']['statements'][number], fields: Fields): boolean {
  if (statement.kind === 'error-statement') return false
  const name = statement.kind === 'attribute' ? statement.name.name : statement.name.text
  return fieldNamed(fields, name) === undefined
}
