import { useWords } from '../../ui/use-words.ts'
import { shortDuration, shortNumber } from '../../ui/quantity.ts'
import { Table } from '../../ui/table.tsx'
import { quote } from '../../../collector-core/language/print-value.ts'
import type { PaneProps } from './explore.tsx'
import { Outcome } from './outcome.tsx'
import { ServiceMap } from './service-map.tsx'
import { useAnswer } from './use-answer.ts'
import { words } from './words.ts'
import table from '../../ui/table.module.css'
import styles from './explore.module.css'

/** Services with rate, errors and duration, and who calls whom. */
export function ServicesPane({ client, range, asked, go }: PaneProps) {
  const say = useWords(words)
  const found = useAnswer(asked, () => client.call('findServices', { ...range }))
  const show = (service: string): void =>
    go({ pane: 'traces', traces: `{ resource.service.name = ${quote(service)} }`, traceId: undefined })
  return (
    <Outcome of={found} isEmpty={({ services }) => services.length === 0} empty={say.noServices}>
      {({ services, calls, traces }) => (
        <div className={styles.scroll}>
          <p className={styles.note} role="status">
            {say.servicesFrom(traces)}
          </p>
          <ServiceMap services={services} calls={calls} onService={show} />
          <Table label={say.panes.services}>
            <thead>
              <tr>
                <th scope="col">{say.service}</th>
                <th scope="col" className={table.number}>
                  {say.rate}
                </th>
                <th scope="col" className={table.number}>
                  {say.errors}
                </th>
                <th scope="col" className={table.number}>
                  {say.p50}
                </th>
                <th scope="col" className={table.number}>
                  {say.p95}
                </th>
              </tr>
            </thead>
            <tbody>
              {services.map(({ service, perSecond, failedShare, p50Ms, p95Ms }) => (
                <tr key={service} className={styles.row}>
                  <td>
                    <button type="button" className={styles.link} onClick={() => show(service)}>
                      {service}
                    </button>
                  </td>
                  <td className={table.number}>{shortNumber(perSecond)}</td>
                  <td className={table.number} data-failing={failedShare > 0}>
                    {`${shortNumber(failedShare * 100)} %`}
                  </td>
                  <td className={table.number}>{shortDuration(p50Ms)}</td>
                  <td className={table.number}>{shortDuration(p95Ms)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Outcome>
  )
}
