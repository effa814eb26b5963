import type { WeirClient } from '../../host/contract/client.ts'
import { defaultSettings } from '../../host/contract/project.ts'
import type { Settings } from '../../host/contract/project.ts'
import { Cell } from './cell.ts'
import { chooseLanguage, spokenLanguage } from './spoken-language.ts'
import { translateInto } from './translation.ts'

export interface PreferencesOptions {
  readonly client: WeirClient
  /** Keeps a copy, so that the first picture has the right colours and words. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  /** The browser's languages, the best first. */
  readonly preferred: readonly string[]
}

const copyKey = 'weir.preferences'

/** How the window looks and speaks, as the host keeps it. */
export class Preferences {
  readonly settings: Cell<Settings>
  private readonly options: PreferencesOptions

  constructor(options: PreferencesOptions) {
    this.options = options
    this.settings = new Cell(this.copy())
    this.speak()
    const stop = options.client.watchConnection(({ kind }) => {
      if (kind !== 'open') return
      queueMicrotask(() => stop())
      void options.client.call('settings', {}).then(
        (settings) => this.take(settings),
        () => undefined,
      )
    })
  }

  /** Takes effect at once and is kept; rejects when it could not be kept. */
  async change(changes: Partial<Settings>): Promise<void> {
    this.take({ ...this.settings.get(), ...changes })
    this.take(await this.options.client.call('saveSettings', changes))
  }

  private take(settings: Settings): void {
    this.options.storage.setItem(copyKey, JSON.stringify(settings))
    this.settings.set(settings)
    this.speak()
  }

  private speak(): void {
    const language = chooseLanguage(this.settings.get().language, this.options.preferred)
    if (language === spokenLanguage.get()) return
    spokenLanguage.set(language)
    // A page whose host is gone cannot fetch more of itself: the sentences from outside stay English then.
    translateInto(language).catch(() => undefined)
  }

  private copy(): Settings {
    try {
      return { ...defaultSettings, ...(JSON.parse(this.options.storage.getItem(copyKey) ?? '{}') as Partial<Settings>) }
    } catch {
      return defaultSettings
    }
  }
}
