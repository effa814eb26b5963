// Every screen of the window in both themes and both languages: none breaks an accessibility rule, cuts a
// text off, or speaks English in Korean. Pictures of each, in three sizes, are left in e2e/screenshots.
import { expect, test } from 'vitest'
import { openPage } from '../page/browser.ts'
import { describeWith } from '../required.ts'
import { Look } from './look.ts'
import { openShop } from './open-shop.ts'
import { walkExplore } from './walk-explore.ts'
import { walkLive } from './walk-live.ts'
import { walkPipeline } from './walk-pipeline.ts'
import { walkLoss, walkQuestions } from './walk-questions.ts'
import { walkStack } from './walk-stack.ts'

const variants = (['light', 'dark'] as const).flatMap((theme) =>
  (['en', 'ko'] as const).map((language) => ({ theme, language })),
)

describeWith(['chromium'], 'every screen', () => {
  test.each(variants)(
    'is sound in $theme, $language',
    async ({ theme, language }) => {
      const shop = await openShop({ theme, language })
      const { page, complaints } = await openPage(shop.ui.address)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      page.setDefaultTimeout(90_000)
      const look = new Look(page, { theme, language })
      const walk = { page, look, shop, language }
      await walkPipeline(walk)
      await walkLive(walk)
      await walkExplore(walk)
      await walkStack(walk)
      await walkQuestions(walk)
      expect(complaints).toEqual([])
      await walkLoss(walk)
      expect(look.findings).toEqual([])
    },
    900_000,
  )
})
