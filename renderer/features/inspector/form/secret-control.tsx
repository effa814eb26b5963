import { useState } from 'react'
import { addBlock } from '../../../../collector-core/language/edit-block.ts'
import type { EditResult } from '../../../../collector-core/language/edit-result.ts'
import { fittingReferences } from '../../../model/fitting-references.ts'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import type { MenuEntry } from '../../../ui/menu.tsx'
import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../../ui/use-words.ts'
import { DraftInput } from './draft-input.tsx'
import { useForm } from './form-context.ts'
import { setValue } from './form-edit.ts'
import styles from './form.module.css'
import { scalarText } from './literal-of.ts'
import { useScalar } from './value-props.ts'
import type { ValueProps } from './value-props.ts'
import { words } from './words.ts'

/** A secret that is written in the file: hidden until asked for, with ways to keep it elsewhere. */
export function SecretControl({ shape, at, expression, name, invalid }: ValueProps) {
  const say = useWords(words)
  const { graph, component, change } = useForm()
  const [shown, setShown] = useState(false)
  const set = useScalar({ shape, at })
  const value = expression === undefined ? '' : scalarText(expression, shape)!
  const entries: MenuEntry[] = [
    {
      label: say.fromEnvironment,
      icon: 'secret',
      onSelect: () => change((parsed) => setValue(parsed, at, `sys.env("${environmentName(at.attribute)}")`)),
    },
    ...fittingReferences(graph, shape, component).map((reference): MenuEntry => ({
      label: say.fromFile(reference.component),
      icon: 'file',
      onSelect: () => change((parsed) => setValue(parsed, at, reference.text)),
    })),
    {
      label: say.fromNewFile,
      icon: 'file',
      onSelect: () =>
        change((parsed) => {
          const label = freeLabel(at.attribute, (id) => graph.byId.has(id))
          const file = `local.file "${label}" {\n\tfilename  = "/run/secrets/${label}"\n\tis_secret = true\n}`
          return both(addBlock(parsed, { endOf: [] }, file), setValue(parsed, at, `local.file.${label}.content`))
        }),
    },
  ]
  return (
    <div className={styles.row}>
      <DraftInput type={shown ? 'text' : 'password'} label={name} value={value} invalid={invalid} onCommit={set} />
      {value !== '' && (
        <IconButton
          icon={shown ? 'hide' : 'show'}
          label={shown ? say.secretHide : say.secretShow}
          pressed={shown}
          onClick={() => setShown(!shown)}
        />
      )}
      <Menu entries={entries} align="end">
        <Button kind="quiet" icon="secret" title={say.secretMenu}>
          <span className={styles.unseen}>{say.secretMenu}</span>
        </Button>
      </Menu>
    </div>
  )
}

const environmentName = (attribute: string): string => attribute.toUpperCase()

function freeLabel(wanted: string, taken: (id: string) => boolean): string {
  let label = wanted
  for (let number = 2; taken(`local.file.${label}`); number++) label = `${wanted}_${number}`
  return label
}

function both(one: EditResult, other: EditResult): EditResult {
  if (one.kind === 'refused' || other.kind === 'refused') return one.kind === 'refused' ? one : other
  return { kind: 'edits', edits: [...one.edits, ...other.edits] }
}
