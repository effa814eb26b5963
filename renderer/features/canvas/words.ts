import { shortNumber, wholeNumber } from '../../ui/quantity.ts'

/** Everything the canvas says. */
export const words = {
  canvas: 'Pipeline',
  minimap: 'Overview of the pipeline',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit to window',
  notRun: 'not run by Weir',
  perSecond: (rate: number, unit: string) => `${shortNumber(rate)} ${unit}/s`,
  refused: (count: number) => `${wholeNumber(count)} refused`,
  dropped: (count: number) => `${shortNumber(count)} dropped`,
} as const
