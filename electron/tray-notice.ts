// The pipeline goes on when its last window is closed. Who did not expect that is told, once.
import { join } from 'node:path'
import { z } from 'zod'
import type { Settings } from '../host/contract/project.ts'
import { JsonFile } from '../host/project/json-file.ts'

export interface NotificationText {
  readonly title: string
  readonly body: string
}

const texts = {
  en: {
    title: 'Weir goes on without its window',
    body: 'The pipeline keeps running. The icon in the tray opens the window again, stops the collector and quits Weir.',
  },
  ko: {
    title: 'Weir는 창 없이도 계속 실행됩니다',
    body: '파이프라인은 계속 흐릅니다. 트레이 아이콘으로 창을 다시 열거나, 수집기를 멈추거나, Weir를 끝낼 수 있습니다.',
  },
} as const

export class TrayNotice {
  private readonly file: JsonFile<{ readonly told: true }>

  constructor(folder: string) {
    this.file = new JsonFile(join(folder, 'tray-notice.json'), z.object({ told: z.literal(true) }))
  }

  /** What to say when the last window is closed; undefined when it was said on this machine before. */
  async next(language: Settings['language'], systemLanguage: string): Promise<NotificationText | undefined> {
    if ((await this.file.read()) !== undefined) return undefined
    await this.file.change(() => ({ told: true }))
    return texts[language === 'system' ? (systemLanguage.startsWith('ko') ? 'ko' : 'en') : language]
  }
}
