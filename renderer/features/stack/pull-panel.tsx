import type { PullProgress } from '../../../host/contract/stack.ts'
import { byteSize } from '../../ui/quantity.ts'
import { useWords } from '../../ui/use-words.ts'
import { words } from './words.ts'
import styles from './stack.module.css'

/** How far the pull of each image is, and of all. */
export function PullPanel({ pull: { images, fraction, bytesPerSecond } }: { readonly pull: PullProgress }) {
  const say = useWords(words)
  return (
    <section className={styles.panel} aria-label={say.pull}>
      <h2 className={styles.subtitle}>
        {say.pull}
        <span className={styles.mono}>
          {`${Math.floor(fraction * 100)} % · ${say.pullRate(byteSize(bytesPerSecond))}`}
        </span>
      </h2>
      <progress className={styles.progress} value={fraction} aria-label={say.pull} />
      <ul className={styles.plain}>
        {images.map(({ image, fraction: part, downloadedBytes, totalBytes }) => (
          <li key={image} className={styles.line}>
            <code>{image}</code>
            <progress className={styles.progress} value={part} aria-label={image} />
            <span className={styles.mono}>
              {totalBytes === undefined
                ? byteSize(downloadedBytes)
                : `${byteSize(downloadedBytes)} / ${byteSize(totalBytes)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
