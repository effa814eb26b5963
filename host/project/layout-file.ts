import { rm } from 'node:fs/promises'
import { z } from 'zod'
import type { Position } from '../contract/project.ts'
import { JsonFile } from './json-file.ts'

export type Positions = Readonly<Record<string, Position>>

const layout = z.object({
  version: z.literal(1),
  positions: z.record(z.string(), z.object({ x: z.number(), y: z.number() })),
})

/** More components than any canvas shows; a layout with more is cut. */
const mostPositions = 10_000

/** Where the nodes of a config are drawn, beside the config and never in it: `<config>.layout.json`. */
export class LayoutFile {
  private readonly file: JsonFile<z.infer<typeof layout>>

  constructor(configPath: string) {
    this.file = new JsonFile(`${configPath}.layout.json`, layout)
  }

  async read(): Promise<Positions> {
    return (await this.file.read())?.positions ?? {}
  }

  /** Writes the positions in whole pixels, sorted, so that a version control system shows what moved; none, no file. */
  async write(positions: Positions): Promise<void> {
    const entries = Object.entries(positions)
      .slice(0, mostPositions)
      .map(([id, { x, y }]): [string, Position] => [id, { x: Math.round(x), y: Math.round(y) }])
      .sort(([a], [b]) => (a < b ? -1 : 1))
    if (entries.length === 0) await rm(this.file.path, { force: true })
    else await this.file.change(() => ({ version: 1, positions: Object.fromEntries(entries) }))
  }
}
