import styles from './skeleton.module.css'

/** Bars in the place of lines that are being read. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className={styles.lines} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={styles.line} style={{ width: `${90 - ((index * 37) % 50)}%` }} />
      ))}
    </div>
  )
}
