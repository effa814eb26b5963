import styles from './component-name.module.css'

/** A component on one line as its user calls it, then what it is; of too long a one the end is cut off. */
export function ComponentName({ name, label }: { readonly name: string; readonly label: string }) {
  return (
    <span className={styles.name}>
      {label === '' ? name : label}
      {label !== '' && <span className={styles.kind}> {name}</span>}
    </span>
  )
}
