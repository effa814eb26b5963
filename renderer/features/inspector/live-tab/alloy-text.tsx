import type { AlloyStatement } from '../../../../collector-core/http-api/contract.ts'
import { alloyLines } from './alloy-lines.ts'
import styles from './alloy-text.module.css'

/** Statements as coloured Alloy text. */
export function AlloyText({ statements }: { readonly statements: readonly AlloyStatement[] }) {
  return (
    <pre className={styles.text}>
      {alloyLines(statements).map(({ depth, name, text }, index) => (
        <span key={index} className={styles.line} style={{ paddingLeft: `${depth * 2}ch` }}>
          <span className={styles.name}>{name}</span>
          {text}
        </span>
      ))}
    </pre>
  )
}
