import type { ServicesFound } from '../../../host/contract/explore.ts'
import { useWords } from '../../ui/use-words.ts'
import { shortDuration, shortNumber } from '../../ui/quantity.ts'
import { placeServices } from './service-columns.ts'
import { words } from './words.ts'
import styles from './service-map.module.css'

interface ServiceMapProps extends Pick<ServicesFound, 'services' | 'calls'> {
  readonly onService: (service: string) => void
}

const box = { width: 190, height: 52, across: 290, down: 76, edge: 16 }

/** Services as boxes, callers on the left, with a line per pair; red where calls failed. */
export function ServiceMap({ services, calls, onService }: ServiceMapProps) {
  const say = useWords(words)
  const places = placeServices({ services, calls })
  const at = new Map(
    places.map(({ service, column, row }) => [
      service,
      { x: box.edge + column * box.across, y: box.edge + row * box.down },
    ]),
  )
  const most = Math.max(1, ...calls.map(({ count }) => count))
  const width = Math.max(...places.map(({ column }) => column)) * box.across + box.width + 2 * box.edge
  const height = Math.max(...places.map(({ row }) => row)) * box.down + box.height + 2 * box.edge
  return (
    <div className={styles.map} role="group" aria-label={say.map}>
      <div className={styles.all} style={{ width: `${width}px`, height: `${height}px` }}>
        <svg width={width} height={height} aria-hidden="true">
          {calls.map(({ from, to, count, failed }) => {
            const [start, end] = [at.get(from), at.get(to)]
            if (start === undefined || end === undefined) return null
            const [x1, y1] = [start.x + box.width, start.y + box.height / 2]
            const [x2, y2] = [end.x, end.y + box.height / 2]
            const bend = Math.max(40, Math.abs(x2 - x1) / 2)
            return (
              <path
                key={`${from}>${to}`}
                className={styles.call}
                data-failed={failed > 0}
                strokeWidth={1 + 3 * Math.sqrt(count / most)}
                d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
              />
            )
          })}
        </svg>
        {services.map(({ service, perSecond, failedShare, p95Ms }) => (
          <button
            key={service}
            type="button"
            className={styles.service}
            data-failing={failedShare > 0}
            style={{ left: `${at.get(service)!.x}px`, top: `${at.get(service)!.y}px` }}
            onClick={() => onService(service)}
          >
            <b>{service}</b>
            <span>{`${shortNumber(perSecond)}/s · ${shortNumber(failedShare * 100)} % · ${shortDuration(p95Ms)}`}</span>
          </button>
        ))}
      </div>
    </div>
  )
}
