import type { Locator, Page } from 'playwright-core'
import { words as appWords } from '../../renderer/app/words.ts'
import { wordsIn } from '../../renderer/model/spoken-language.ts'
import type { SpokenLanguage, Words } from '../../renderer/model/spoken-language.ts'
import type { Look } from './look.ts'
import type { Shop } from './open-shop.ts'

/** A way through screens, in the language the window speaks. */
export interface Walk {
  readonly page: Page
  readonly look: Look
  readonly shop: Shop
  readonly language: SpokenLanguage
}

/** Finds things on the page by what they are called in the window's language. */
export function guide({ page, language }: Walk) {
  const app = wordsIn(appWords, language)
  return {
    app,
    say: <T>(words: Words<T>) => wordsIn(words, language),
    button: (name: string): Locator => page.getByRole('button', { name, exact: true }),
    tab: (name: string): Locator => page.getByRole('tab', { name }),
    node: (id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`),
    view: (name: keyof typeof app.views): Promise<void> =>
      page.getByRole('navigation').getByRole('button', { name: app.views[name], exact: true }).click(),
  }
}
