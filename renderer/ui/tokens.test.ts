import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name,
    { light, dark },
  ]),
)

/** Contrast as WCAG 2 defines it, between 1 and 21. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const backgrounds = ['slate-1', 'slate-2', 'slate-3']
const words = ['slate-9', 'slate-10', 'slate-11', 'slate-12', 'failing', 'selected']
const shapes = ['targets', 'metrics', 'logs', 'traces', 'profiles', 'rules', 'other', 'healthy', 'waiting', 'failing']

const pairs = (['light', 'dark'] as const).flatMap((theme) =>
  backgrounds.flatMap((background) => [
    ...words.map((name) => [theme, name, background, 4.5] as const),
    ...shapes.map((name) => [theme, name, background, 3] as const),
  ]),
)

test.each(pairs)('in the %s theme %s on %s has a contrast of at least %d', (theme, name, background, least) => {
  expect(contrast(colours.get(name)![theme], colours.get(background)![theme])).toBeGreaterThanOrEqual(least)
})

test.each(['light', 'dark'] as const)('in the %s theme the words on a primary button can be read', (theme) => {
  expect(contrast(colours.get('on-selected')![theme], colours.get('selected')![theme])).toBeGreaterThanOrEqual(4.5)
})
