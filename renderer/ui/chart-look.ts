// What charts on a canvas need of the style sheet: its colours as the theme computes them, and word when that changes.
import type UPlot from 'uplot'
import { interfaceSize } from '../model/interface-size.ts'

/** Reads custom properties as one colour each; as written they hold those of both themes. */
export function colourReader(box: HTMLElement): (name: string) => string {
  const probe = getComputedStyle(box)
  return (name) => {
    box.style.color = `var(${name})`
    const value = probe.color
    box.style.color = ''
    return value
  }
}

/** An axis in the colours, the face and the size of the window; lengths are those of the design. */
function axis(box: HTMLElement, { size, space }: { readonly size: number; readonly space: number }): UPlot.Axis {
  const colour = colourReader(box)
  const scale = interfaceSize.get()
  return {
    stroke: colour('--slate-10'),
    font: `${11 * scale}px ${getComputedStyle(box).getPropertyValue('--sans')}`,
    size: size * scale,
    space: space * scale,
    gap: 5 * scale,
    grid: { stroke: colour('--slate-5'), width: 1 },
    ticks: { show: false },
  }
}

/** The axis of time below a chart; a time of day takes 50 of the space its labels have. */
export const timeAxis = (box: HTMLElement): UPlot.Axis => ({
  ...axis(box, { size: 50, space: 76 }),
  values: '{HH}:{mm}:{ss}',
})

/** The axis of values beside a chart, `size` wide. */
export const valueAxis = (box: HTMLElement, size: number, write: (value: number) => string): UPlot.Axis => ({
  ...axis(box, { size, space: 30 }),
  values: (_, ticks) => ticks.map((tick) => write(tick)),
})

/** Calls back when theme or size change: a chart reads them when it is made, so it has to be made anew. */
export function watchLook(onChange: () => void): () => void {
  const chosen = new MutationObserver(onChange)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme', 'style'] })
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', onChange)
  return () => {
    chosen.disconnect()
    dark.removeEventListener('change', onChange)
  }
}
