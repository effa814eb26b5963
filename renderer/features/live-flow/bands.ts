// Places components in columns by their distance from a source, and draws each connection as a band as wide as its rate.
import type { SignalKind } from '../../model/signal-kind.ts'

export interface FlowingEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly kind: SignalKind
  readonly rate: number
  readonly unit: string
}

export interface Bar {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly height: number
}

export interface Band extends FlowingEdge {
  readonly path: string
}

export interface Flow {
  readonly bars: readonly Bar[]
  readonly bands: readonly Band[]
  readonly height: number
  /** Pixels from one column to the next. */
  readonly step: number
}

export const barWidth = 8
/** Above each bar, for two lines of words. */
const gap = 42
/** Right of the last column, for its words. */
const wordsWidth = 200
const leastWidth = 2
/** A picture of few components does not fill the window with colour. */
const mostThick = 240

/** A picture of `width` pixels; the widest stack of bands is about `height`. Widths grow with the square root of the rate. */
export function layBands(edges: readonly FlowingEdge[], width: number, height: number): Flow {
  const columns = columnsOf(edges)
  const weight = ({ rate }: FlowingEdge): number => Math.sqrt(Math.max(rate, 0))
  const ids = [...columns.keys()]
  const side = (id: string, end: 'from' | 'to'): number =>
    edges.filter((edge) => edge[end] === id).reduce((sum, edge) => sum + weight(edge), 0)
  const sizes = new Map(ids.map((id) => [id, Math.max(side(id, 'from'), side(id, 'to'))]))
  const last = Math.max(0, ...columns.values())
  const stacks = Array.from({ length: last + 1 }, (_, column) => ids.filter((id) => columns.get(id) === column))
  const heaviest = Math.max(
    ...stacks.map((stack) => stack.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0)),
    Number.MIN_VALUE,
  )
  const tallest = Math.max(0, ...stacks.map(({ length }) => length)) * gap
  const scale = Math.min(mostThick, Math.max(40, height - tallest)) / heaviest
  const thick = (edge: FlowingEdge): number => Math.max(leastWidth, weight(edge) * scale)
  const step = last === 0 ? width : (width - barWidth - wordsWidth) / last
  const bars = new Map<string, Bar>()
  let bottom = 0
  stacks.forEach((stack, column) => {
    let y = gap
    // Beside what feeds them, so that bands cross little.
    const order = (id: string): number => {
      const feeders = edges.filter(({ to }) => to === id).flatMap(({ from }) => bars.get(from) ?? [])
      return feeders.length === 0 ? 0 : feeders.reduce((sum, bar) => sum + bar.y, 0) / feeders.length
    }
    for (const id of stack.toSorted((a, b) => order(a) - order(b))) {
      const into = edges.filter(({ to }) => to === id).reduce((sum, edge) => sum + thick(edge), 0)
      const out = edges.filter(({ from }) => from === id).reduce((sum, edge) => sum + thick(edge), 0)
      const tall = Math.max(into, out, 4)
      bars.set(id, { id, x: column * step, y, height: tall })
      y += tall + gap
    }
    bottom = Math.max(bottom, y)
  })
  return { bars: [...bars.values()], bands: drawBands(edges, bars, thick), height: bottom, step }
}

function drawBands(
  edges: readonly FlowingEdge[],
  bars: ReadonlyMap<string, Bar>,
  thick: (edge: FlowingEdge) => number,
): Band[] {
  const left = new Map<string, number>()
  const entered = new Map<string, number>()
  const place = (used: Map<string, number>, id: string, size: number): number => {
    const at = used.get(id) ?? 0
    used.set(id, at + size)
    return at
  }
  const at = (id: string): number => bars.get(id)?.y ?? 0
  return edges
    .toSorted((a, b) => at(a.to) - at(b.to) || at(a.from) - at(b.from))
    .flatMap((edge) => {
      const [from, to] = [bars.get(edge.from), bars.get(edge.to)]
      if (from === undefined || to === undefined) return []
      const size = thick(edge)
      const [x1, x2] = [from.x + barWidth, to.x]
      const y1 = from.y + place(left, edge.from, size)
      const y2 = to.y + place(entered, edge.to, size)
      const middle = (x1 + x2) / 2
      const path =
        `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` +
        `L${x2} ${y2 + size}C${middle} ${y2 + size} ${middle} ${y1 + size} ${x1} ${y1 + size}Z`
      return [{ ...edge, path }]
    })
}

/** The longest way from a source to each component; a cycle ends where it closes. */
function columnsOf(edges: readonly FlowingEdge[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>()
  const visit = (id: string, on: ReadonlySet<string>): number => {
    const known = columns.get(id)
    if (known !== undefined) return known
    const before = edges.filter(({ from, to }) => to === id && !on.has(from)).map(({ from }) => from)
    const column = before.length === 0 ? 0 : Math.max(...before.map((from) => visit(from, new Set([...on, id])))) + 1
    columns.set(id, column)
    return column
  }
  for (const { from, to } of edges) {
    visit(from, new Set())
    visit(to, new Set())
  }
  return columns
}
