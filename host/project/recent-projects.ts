import { access } from 'node:fs/promises'
import { z } from 'zod'
import type { RecentProject } from '../contract/project.ts'
import { JsonFile } from './json-file.ts'

const mostRecent = 20

/** Configs opened lately, newest first; those that are gone are not told. */
export class RecentProjects {
  private readonly file: JsonFile<readonly RecentProject[]>
  private readonly now: () => number

  constructor(path: string, now: () => number) {
    this.file = new JsonFile(path, z.array(z.object({ path: z.string(), openedAt: z.number() })))
    this.now = now
  }

  async list(): Promise<readonly RecentProject[]> {
    const known = (await this.file.read()) ?? []
    const there = await Promise.all(
      known.map(({ path }) =>
        access(path).then(
          () => true,
          () => false,
        ),
      ),
    )
    return known.filter((_, index) => there[index])
  }

  async add(path: string): Promise<void> {
    const entry = { path, openedAt: this.now() }
    await this.file.change((known = []) =>
      [entry, ...known.filter((other) => other.path !== path)].slice(0, mostRecent),
    )
  }
}
