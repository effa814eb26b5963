// What charts on a canvas need of the style sheet: its colours as the theme computes them, and word when that changes.
import type UPlot from 'uplot'

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

/** An axis in the colours and the face of the window. */
export function axisLook(box: HTMLElement): UPlot.Axis {
  const colour = colourReader(box)
  return {
    stroke: colour('--slate-10'),
    font: `11px ${getComputedStyle(box).getPropertyValue('--sans')}`,
    grid: { stroke: colour('--slate-5'), width: 1 },
    ticks: { show: false },
  }
}

/** Calls back when the theme changes: colours are read when a chart is made, so it has to be made anew. */
export function watchTheme(onChange: () => void): () => void {
  const chosen = new MutationObserver(onChange)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', onChange)
  return () => {
    chosen.disconnect()
    dark.removeEventListener('change', onChange)
  }
}
