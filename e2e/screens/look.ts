// Looks at a screen as a stranger would: by its accessibility rules, for text that is cut off or in the wrong language, and by
// taking pictures.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { brokenRules } from './broken-rules.ts'
import { clippedText } from './clipped-text.ts'
import { englishText } from './english-text.ts'
import type { LookOf } from './open-shop.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Git ignores it; the pictures are there to be looked at. */
const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))
const sizes = [
  { width: 1024, height: 700 },
  { width: 1440, height: 900 },
  { width: 3840, height: 2160 },
] as const
/** Until everything stands where it belongs in a window of a new size. */
const settledMs = 250

export class Look {
  /** What is wrong with the screens looked at so far; each begins with the name of its screen. */
  readonly findings: string[] = []
  private readonly page: Page
  private readonly settings: LookOf

  constructor(page: Page, settings: LookOf) {
    this.page = page
    this.settings = settings
    mkdirSync(folder, { recursive: true })
  }

  /** Looks at what the page shows now, in each size. */
  async at(screen: string): Promise<void> {
    const { page } = this
    const { theme, language } = this.settings
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.waitForTimeout(settledMs)
      const clipped = await page.evaluate(clippedText)
      this.findings.push(...clipped.map((what) => `${screen}, ${size.width} wide: ${what}`))
      if (size === sizes[0]) this.findings.push(...(await this.broken()).map((what) => `${screen}: ${what}`))
      await page.screenshot({ path: join(folder, `${screen}-${theme}-${language}-${size.width}.jpg`), quality: 90 })
    }
    if (language === 'ko') {
      this.findings.push(...(await page.evaluate(englishText)).map((what) => `${screen}: ${what}`))
    }
    await page.setViewportSize(sizes[1])
  }

  private async broken(): Promise<string[]> {
    const loaded = await this.page.evaluate(() => 'axe' in window)
    if (!loaded) await this.page.evaluate(axe)
    return this.page.evaluate(brokenRules)
  }
}
