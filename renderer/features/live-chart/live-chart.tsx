import { useEffect, useMemo, useState } from 'react'
import { useCell, useConnection } from '../../live/connection-context.ts'
import { historyMs } from '../../live/history.ts'
import type { Measure } from '../../live/history.ts'
import type { Picture } from '../../model/picture.ts'
import { useSelection } from '../../model/workbench-context.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { ComponentName } from '../../ui/component-name.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Select } from '../../ui/select.tsx'
import { useWords } from '../../ui/use-words.ts'
import { chartData, mostLines } from './chart-data.ts'
import { DrawnLines } from './drawn-lines.tsx'
import { LineChart, lineHues } from './line-chart.tsx'
import { words } from './words.ts'
import styles from './live-chart.module.css'

const measureOrder: readonly Measure[] = ['out', 'in', 'dropped', 'errors', 'latency', 'queue', 'oldest']

/** One measure of any components over the last minutes. */
export function LiveChart({ picture }: { readonly picture: Picture }) {
  const say = useWords(words)
  const { history } = useConnection()
  const selection = useSelection().nodes
  const points = useCell(history.points)
  const [measure, setMeasure] = useState<Measure>('out')
  const [windowMs, setWindowMs] = useState<keyof (typeof say)['windows']>('300000')
  const [pausedAt, setPausedAt] = useState<number>()
  const [chosen, setChosen] = useState<readonly string[]>([])
  useEffect(() => {
    if (selection.length > 0) setChosen(selection)
  }, [selection])
  const [filter, setFilter] = useState('')
  const nodes = useMemo(() => picture.nodes.filter(({ stage }) => stage !== undefined), [picture])
  const ids = useMemo(() => nodes.map(({ id }) => id), [nodes])
  const shownPoint = pausedAt ?? points
  const data = useMemo(
    () => chartData(history, ids, chosen, measure, Number(windowMs), shownPoint),
    [history, ids, chosen, measure, windowMs, shownPoint],
  )
  const many = nodes.length > mostLines
  const listed = nodes.filter(({ id }) => id.toLowerCase().includes(filter.toLowerCase()))
  const toggle = (id: string, on: boolean): void => setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id))
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <div className={styles.measure}>
          <Select
            label={say.measure}
            value={measure}
            onChange={setMeasure}
            options={measureOrder.map((value) => ({ value, label: say.measures[value] }))}
          />
        </div>
        <Segments
          label={say.window}
          value={windowMs}
          onChange={setWindowMs}
          segments={(['60000', '300000', '600000'] as const).map((value) => ({ value, label: say.windows[value] }))}
        />
        <IconButton
          icon={pausedAt === undefined ? 'pause' : 'resume'}
          label={pausedAt === undefined ? say.pause : say.resume}
          pressed={pausedAt !== undefined}
          onClick={() => setPausedAt(pausedAt === undefined ? points : undefined)}
        />
        <span className={styles.note}>{say.bound(historyMs)}</span>
      </div>
      <div className={styles.body}>
        {data.ids.length === 0 ? (
          <EmptyState icon="live" {...say.empty} />
        ) : (
          <div className={styles.drawing}>
            {many && <DrawnLines nodes={nodes} drawn={data.ids} label={say.lines} />}
            <LineChart data={data} label={say.chart(say.measures[measure])} />
          </div>
        )}
        <div className={styles.legend} role="group" aria-label={say.components}>
          <p className={styles.note}>{chosen.length === 0 ? say.busiest(mostLines) : say.components}</p>
          {chosen.length > 0 && (
            <Button kind="quiet" onClick={() => setChosen([])}>
              {say.clear}
            </Button>
          )}
          {many && <SearchInput icon="filter" label={say.filter} value={filter} onChange={setFilter} />}
          {listed.map(({ id, name, label }) => {
            const line = data.ids.indexOf(id)
            return (
              <div key={id} className={styles.entry} title={id}>
                <span
                  className={styles.swatch}
                  style={{ background: line < 0 ? 'transparent' : `var(${lineHues[line]})` }}
                />
                <Checkbox
                  label={<ComponentName name={name} label={label} />}
                  checked={chosen.includes(id)}
                  onChange={(on) => toggle(id, on)}
                />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
