import { z } from 'zod'
import { defaultSettings } from '../contract/project.ts'
import type { Settings } from '../contract/project.ts'
import { weirApi } from '../contract/weir-api.ts'
import { JsonFile } from '../project/json-file.ts'
import type { Topic } from '../session/handlers.ts'

/** What the user set, of any window. */
export class SettingsFile {
  /** The file holds what `saveSettings` takes; of an older or newer Weir's file, what is known counts. */
  private readonly file: JsonFile<Partial<Settings>>

  constructor(path: string) {
    this.file = new JsonFile(path, z.object(weirApi.calls.saveSettings.args.shape))
  }

  async read(): Promise<Settings> {
    return { ...defaultSettings, ...(await this.file.read()) }
  }

  async change(change: Partial<Settings>): Promise<Settings> {
    return { ...defaultSettings, ...(await this.file.change((before) => ({ ...before, ...change }))) }
  }
}

export function settingsTopic(
  file: SettingsFile,
  onChange: (settings: Settings) => void = () => undefined,
): Topic<'settings' | 'saveSettings'> {
  return {
    calls: {
      settings: () => file.read(),
      async saveSettings(change) {
        const settings = await file.change(change)
        onChange(settings)
        return settings
      },
    },
    streams: {},
  }
}
