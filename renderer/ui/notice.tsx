import styles from './notice.module.css'

/** What stands where there is nothing else to show: one sentence, and what to do about it. */
export function Notice({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <div className={styles.notice} role="status">
      <p className={styles.title}>{title}</p>
      <p className={styles.detail}>{detail}</p>
    </div>
  )
}
