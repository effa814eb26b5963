import { readFileSync } from 'node:fs'

const folder = new URL('../assets/examples/', import.meta.url)

/** The text of an example in assets/examples. */
export function example(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8')
}

/** An example with other addresses; fails when one it should replace is not in it. */
export function exampleWith(name: string, replacements: Readonly<Record<string, string>>): string {
  let text = example(name)
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`${name} does not say ${from}`)
    text = text.replaceAll(from, to)
  }
  return text
}
