import { createHash } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { JsonFile } from './json-file.ts'

const draft = z.object({ path: z.string().optional(), text: z.string(), at: z.number() })

export interface Draft {
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

const mostDrafts = 50

/** Unsaved texts, kept in Weir's data folder until they are saved or given up; the newest 50. */
export class Drafts {
  private readonly folder: string
  private readonly now: () => number
  private readonly files = new Map<string, JsonFile<z.infer<typeof draft>>>()

  constructor(folder: string, now: () => number) {
    this.folder = folder
    this.now = now
  }

  /** The draft of a config, or of the config that was never saved. */
  async read(path: string | undefined): Promise<Draft | undefined> {
    const found = await this.file(path).read()
    return found && { text: found.text, at: found.at }
  }

  async write(path: string | undefined, text: string): Promise<void> {
    await this.file(path).change(() => ({ path, text, at: this.now() }))
    await this.forgetOldest()
  }

  async discard(path: string | undefined): Promise<void> {
    await rm(this.file(path).path, { force: true })
  }

  /** One object per file, so that its writes take turns. */
  private file(path: string | undefined): JsonFile<z.infer<typeof draft>> {
    const name = path === undefined ? 'unsaved' : createHash('sha256').update(path).digest('hex').slice(0, 32)
    const file = this.files.get(name) ?? new JsonFile(join(this.folder, `${name}.json`), draft)
    this.files.set(name, file)
    return file
  }

  private async forgetOldest(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json'))
    if (names.length <= mostDrafts) return
    const written = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name)
        return {
          path,
          at: await stat(path).then(
            ({ mtimeMs }) => mtimeMs,
            () => 0,
          ),
        }
      }),
    )
    written.sort((a, b) => b.at - a.at)
    for (const { path } of written.slice(mostDrafts)) await rm(path, { force: true })
  }
}
