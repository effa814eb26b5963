import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { writeFileAtomically } from './atomic-write.ts'

/** A small file of Weir's own. What cannot be read is as if it were not there: nothing in these files is the only copy. */
export class JsonFile<Content> {
  readonly path: string
  private readonly shape: z.ZodType<Content>
  private work: Promise<unknown> = Promise.resolve()

  constructor(path: string, shape: z.ZodType<Content>) {
    this.path = path
    this.shape = shape
  }

  async read(): Promise<Content | undefined> {
    try {
      const parsed = this.shape.safeParse(JSON.parse(await readFile(this.path, 'utf8')))
      return parsed.success ? parsed.data : undefined
    } catch {
      return undefined
    }
  }

  /** Writes what `change` makes of the content; changes of one `JsonFile` take turns. */
  change(change: (content: Content | undefined) => Content): Promise<Content> {
    const turn = this.work.then(async () => {
      const content = change(await this.read())
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
      await writeFileAtomically(this.path, Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`), { mode: 0o600 })
      return content
    })
    this.work = turn.catch(() => undefined)
    return turn
  }
}
