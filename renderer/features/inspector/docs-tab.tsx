import { useState } from 'react'
import type { Definition } from '../../../collector-core/schema/definition.ts'
import type { Field, Fields } from '../../../collector-core/schema/field.ts'
import { shapeName } from '../../../collector-core/schema/shape.ts'
import { defaultText } from '../../model/default-text.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { DocText } from '../../ui/doc-text.tsx'
import { useWords } from '../../ui/use-words.ts'
import styles from './docs-tab.module.css'
import { FieldDoc } from './field-doc.tsx'
import { words } from './words.ts'

/** What a component is for: its arguments, exports and an example, from its definition. */
export function DocsTab({ definition }: { readonly definition: Definition }) {
  const say = useWords(words)
  const [copied, setCopied] = useState(false)
  const exported = Object.entries(definition.exports)
  return (
    <div className={styles.docs}>
      <p className={styles.summary}>
        <DocText text={definition.summary} />
      </p>
      <h3 className={styles.title}>{say.example}</h3>
      <div className={styles.example}>
        <CodeBlock text={definition.example.trimEnd()} label={say.example} />
        <Button
          kind="quiet"
          icon={copied ? 'check' : 'copy'}
          onClick={() => void navigator.clipboard.writeText(definition.example).then(() => setCopied(true))}
        >
          {copied ? say.copied : say.copy}
        </Button>
      </div>
      {exported.length > 0 && (
        <>
          <h3 className={styles.title}>{say.sends}</h3>
          <Entries fields={definition.exports} />
        </>
      )}
      <h3 className={styles.title}>{say.arguments}</h3>
      <Entries fields={definition.arguments} />
    </div>
  )
}

function Entries({ fields }: { readonly fields: Fields }) {
  return (
    <dl className={styles.entries}>
      {Object.entries(fields).map(([name, field]) => (
        <Entry key={name} name={name} field={field} />
      ))}
    </dl>
  )
}

function Entry({ name, field }: { readonly name: string; readonly field: Field }) {
  const say = useWords(words)
  const { shape, required } = field
  const standing = defaultText(field)
  return (
    <div className={styles.entry}>
      <dt>
        <code className={styles.name}>{name}</code>{' '}
        <span className={styles.type}>
          {[shapeName(shape), ...(required ? [say.required] : []), ...(standing ? [`= ${standing}`] : [])].join(' · ')}
        </span>
      </dt>
      <dd>
        <FieldDoc of={field} />
        {(shape.kind === 'block' || shape.kind === 'blocks') && <Entries fields={shape.fields} />}
      </dd>
    </div>
  )
}
