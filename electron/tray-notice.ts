// The pipeline goes on when its last window is closed. Who did not expect that is told, once.
import { join } from 'node:path'
import { z } from 'zod'
import { JsonFile } from '../host/project/json-file.ts'
import type { ShellWords } from './words.ts'

export interface NotificationText {
  readonly title: string
  readonly body: string
}

export class TrayNotice {
  private readonly file: JsonFile<{ readonly told: true }>

  constructor(folder: string) {
    this.file = new JsonFile(join(folder, 'tray-notice.json'), z.object({ told: z.literal(true) }))
  }

  /** What to say when the last window is closed; undefined when it was said on this machine before. */
  async next({ goesOn }: ShellWords): Promise<NotificationText | undefined> {
    if ((await this.file.read()) !== undefined) return undefined
    await this.file.change(() => ({ told: true }))
    return goesOn
  }
}
