import { useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { FoundExemplar, FoundSeries, TimeRange } from '../../../host/contract/explore.ts'
import { interfaceSize } from '../../model/interface-size.ts'
import { useWords } from '../../ui/use-words.ts'
import { colourReader, timeAxis, valueAxis, watchLook } from '../../ui/chart-look.ts'
import { shortNumber } from '../../ui/quantity.ts'
import { chartData } from './chart-data.ts'
import { clockTime } from '../../ui/clock-time.ts'
import { seriesHue, seriesName } from './series-name.ts'
import { words } from './words.ts'
import styles from './series-chart.module.css'

interface SeriesChartProps {
  readonly series: readonly FoundSeries[]
  readonly exemplars: readonly FoundExemplar[]
  readonly range: TimeRange
  readonly onTrace: (traceId: string) => void
}

interface Dot {
  readonly left: number
  readonly top: number
  readonly exemplar: FoundExemplar & { readonly traceId: string }
}

const height = 300
/** More dots than this cannot be told apart; the newest are drawn. */
const mostDots = 150

/** Series over time; exemplars are buttons where they were measured, or at the edge nearest to that. */
export function SeriesChart({ series, exemplars, range, onTrace }: SeriesChartProps) {
  const say = useWords(words)
  const place = useRef<HTMLDivElement>(null)
  const [dots, setDots] = useState<readonly Dot[]>([])
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const make = (): UPlot => {
      const colour = colourReader(element)
      const scale = interfaceSize.get()
      return new UPlot(
        {
          ...sizeOf(element),
          legend: { show: false },
          cursor: { y: false },
          scales: { x: { time: true, range: [range.from / 1000, range.to / 1000] } },
          axes: [timeAxis(element), valueAxis(element, 64, signed)],
          series: [
            {},
            ...series.map(({ labels }, index) => ({
              label: seriesName(labels),
              stroke: colour(seriesHue(index)),
              width: 1.5 * scale,
              points: { show: false },
            })),
          ],
          hooks: { draw: [(drawn) => setDots(placeDots(drawn, exemplars))] },
        },
        chartData(series),
        element,
      )
    }
    let plot = make()
    const leaveLook = watchLook(() => {
      plot.destroy()
      plot = make()
    })
    const resized = new ResizeObserver(() => plot.setSize(sizeOf(element)))
    resized.observe(element)
    return () => {
      resized.disconnect()
      leaveLook()
      plot.destroy()
    }
  }, [series, exemplars, range.from, range.to])
  return (
    <div className={styles.chart} role="group" aria-label={say.chart}>
      <div ref={place} className={styles.plot} />
      {dots.map(({ left, top, exemplar }, index) => (
        <button
          key={index}
          type="button"
          className={styles.dot}
          style={{ left: `${left}px`, top: `${top}px` }}
          title={say.exemplarOf(shortNumber(exemplar.value), clockTime(exemplar.at))}
          aria-label={say.exemplarOf(shortNumber(exemplar.value), clockTime(exemplar.at))}
          onClick={() => onTrace(exemplar.traceId)}
        />
      ))}
    </div>
  )
}

/** A value as the axis and the legend write it. */
export const signed = (value: number): string => (value < 0 ? `-${shortNumber(-value)}` : shortNumber(value))

const sizeOf = (element: HTMLElement): { width: number; height: number } => ({
  width: element.clientWidth,
  height: height * interfaceSize.get(),
})

function placeDots(plot: UPlot, exemplars: readonly FoundExemplar[]): Dot[] {
  const { width, height } = plot.over.getBoundingClientRect()
  const scale = interfaceSize.get()
  const within = (at: number, most: number): number => Math.min(Math.max(at, 0), most)
  return exemplars
    .flatMap((exemplar) => (exemplar.traceId === undefined ? [] : [{ ...exemplar, traceId: exemplar.traceId }]))
    .filter(({ at }) => at / 1000 >= (plot.scales.x.min ?? 0) && at / 1000 <= (plot.scales.x.max ?? 0))
    .slice(-mostDots)
    .map((exemplar) => ({
      exemplar,
      left: (plot.over.offsetLeft + within(plot.valToPos(exemplar.at / 1000, 'x'), width)) / scale,
      top: (plot.over.offsetTop + within(plot.valToPos(exemplar.value, 'y'), height)) / scale,
    }))
}
