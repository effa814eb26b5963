import { useEffect, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { interfaceSize } from '../../model/interface-size.ts'
import { colourReader, timeAxis, valueAxis, watchLook } from '../../ui/chart-look.ts'
import { shortNumber } from '../../ui/quantity.ts'
import type { ChartData } from './chart-data.ts'
import styles from './live-chart.module.css'

/** Hues of the lines in order; each is told apart from its neighbours in both themes. */
export const lineHues = [
  '--selected',
  '--metrics',
  '--logs',
  '--traces',
  '--profiles',
  '--healthy',
  '--targets',
  '--failing',
] as const

/** What the axis of time spans at least: just after the start there is a second or two to draw. */
const leastSeconds = 60

interface LineChartProps {
  readonly data: ChartData
  readonly label: string
}

/** Lines over time, as large as the place they are given. */
export function LineChart({ data, label }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<UPlot>(undefined)
  const newest = useRef(data)
  newest.current = data
  const lines = data.ids.join('\n')
  useEffect(() => {
    const box = place.current
    if (box === null) return undefined
    const draw = (): void => {
      chart.current?.destroy()
      chart.current = new UPlot(options(box, newest.current.ids), aligned(newest.current), box)
    }
    draw()
    const resized = new ResizeObserver(() => chart.current?.setSize(sizeOf(box)))
    resized.observe(box)
    const leaveLook = watchLook(draw)
    return () => {
      resized.disconnect()
      leaveLook()
      chart.current?.destroy()
      chart.current = undefined
    }
  }, [lines])
  useEffect(() => chart.current?.setData(aligned(data)), [data])
  return <div ref={place} className={styles.chart} role="img" aria-label={label} />
}

const aligned = ({ times, values }: ChartData): UPlot.AlignedData => [
  times as number[],
  ...(values as (number | null)[][]),
]

const sizeOf = (box: HTMLElement): { width: number; height: number } => ({
  width: Math.max(200, box.clientWidth),
  height: Math.max(160, box.clientHeight - 8),
})

function options(box: HTMLElement, ids: readonly string[]): UPlot.Options {
  const colour = colourReader(box)
  const scale = interfaceSize.get()
  return {
    ...sizeOf(box),
    legend: { show: false },
    cursor: { points: { size: 6 * scale }, drag: { x: false, y: false } },
    scales: {
      // Of less the labels would say the same second more than once.
      x: { range: (_, first, last) => [Math.min(first, last - leastSeconds), last] },
      y: { range: (_, __, top) => [0, Number.isFinite(top) && top > 0 ? top * 1.1 : 1] },
    },
    axes: [timeAxis(box), valueAxis(box, 56, shortNumber)],
    series: [
      {},
      ...ids.map((id, index) => ({
        label: id,
        stroke: colour(lineHues[index]),
        width: 1.5 * scale,
        spanGaps: false,
        points: { show: false },
      })),
    ],
  }
}
