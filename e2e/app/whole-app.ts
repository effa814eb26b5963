// The app as its users meet it, whatever shows its window: the seed's config is opened, edited on the canvas and as text,
// mended, applied, saved and watched, against the real host and the real collector.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { waitUntil } from '../wait-until.ts'
import { makeWorld } from './world.ts'
import type { World } from './world.ts'

/** An app that shows its pipeline, and what its page complained of. */
export interface OpenApp {
  readonly page: Page
  readonly complaints: readonly string[]
}

const anyRate = /[1-9][\d.]*[kM]? samples\/s/

/** Defines the tests; `open` starts the app on a config. */
export function wholeApp(open: (file: string) => Promise<OpenApp>): void {
  test('a component put into an edge of the seed by mouse changes the file by exactly that, and samples run through it', async () => {
    const { world, page, node, button, complaints } = await opened({ series: 20 })
    await node('prometheus.scrape.spring_boot').getByText(anyRate).waitFor()
    const from = (await node('prometheus.scrape.spring_boot').boundingBox())!
    const to = (await node('prometheus.remote_write.mimir').boundingBox())!
    await page.mouse.move((from.x + from.width + to.x) / 2, from.y + from.height / 2)
    await button('Insert a component here').click()
    await page.keyboard.type('prometheus.relabel')
    await page.keyboard.press('Enter')
    await node('prometheus.relabel.default').waitFor()
    await page.keyboard.press('Control+s')
    const inserted = world.text
      .replace('[prometheus.remote_write.mimir.receiver]', '[prometheus.relabel.default.receiver]')
      .replace(
        '\nprometheus.remote_write "mimir"',
        '\nprometheus.relabel "default" {\n  forward_to = [prometheus.remote_write.mimir.receiver]\n}\n\nprometheus.remote_write "mimir"',
      )
    await waitUntil('the file is saved', () => readFileSync(world.file, 'utf8') !== world.text)
    expect(readFileSync(world.file, 'utf8')).toBe(inserted)
    await page.getByRole('tab', { name: 'Live' }).click()
    const details = page.getByRole('complementary', { name: 'Selected component' })
    expect(await details.getByText(anyRate).count()).toBe(0)
    await button('Apply').click()
    await details.getByText(anyRate).first().waitFor()
    const before = world.mimir.samples.length
    await waitUntil('samples arrive', () => world.mimir.samples.length > before)
    expect(complaints).toEqual([])
  })

  test('what is typed is drawn; what is mistyped is mended from the list of problems and runs', async () => {
    const { page, node, button, complaints } = await opened({ series: 20 })
    await button('Canvas and text').click()
    await button('Drawer').click()
    await page.getByRole('tab', { name: 'Problems' }).click()
    await page.locator('.cm-content').first().click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('prometheus.ehco "typed" {')
    await page.keyboard.press('Escape')
    await page.locator('button[data-problem]', { hasText: 'prometheus.ehco' }).first().waitFor()
    await waitUntil('nothing to apply', () => button('Apply').isDisabled())
    await page.getByRole('button', { name: 'did you mean "prometheus.echo"?' }).last().click()
    await node('prometheus.echo.typed').waitFor()
    await page.getByText('No problems').waitFor()
    await button('Apply').click()
    await page.getByText('Unsaved', { exact: true }).waitFor()
    expect(complaints).toEqual([])
  })

  test('an edge is tapped: its samples are listed with what became of them', async () => {
    const { page, node, button, complaints } = await opened({ series: 20 })
    await node('prometheus.scrape.spring_boot').click()
    await page.keyboard.press('e')
    await page.locator('.react-flow__edge.selected').waitFor({ state: 'attached' })
    await button('Drawer').click()
    await page.getByRole('tab', { name: 'Tap' }).click()
    const passage = page.getByRole('option').filter({ hasText: 'visits_total' }).first()
    await passage.waitFor()
    await passage.click()
    await page.getByText('lgtm-stack-app').first().waitFor()
    expect(complaints).toEqual([])
  })

  test('a window loaded anew under load shows rates again, and nothing is missing of what was collected', async () => {
    const { world, page, node, complaints } = await opened({ series: 5_000 })
    await node('prometheus.scrape.spring_boot').getByText(anyRate).waitFor()
    for (let time = 0; time < 3; time++) {
      await page.reload()
      await node('prometheus.scrape.spring_boot').getByText(anyRate).waitFor()
    }
    const scrapes = world.scrapes()
    const arrived = (): number => world.mimir.samples.filter(({ labels }) => labels['page'] === '4999').length
    await waitUntil('every page that was scraped', () => arrived() >= scrapes)
    expect(scrapes).toBeGreaterThan(3)
    expect(complaints).toEqual([])
  })

  async function opened(size: { readonly series: number }): Promise<OpenedWorld> {
    const world = await makeWorld(size)
    const app = await open(world.file)
    const { page } = app
    const node = (id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`)
    await node('prometheus.scrape.spring_boot').waitFor()
    return { ...app, world, node, button: (name) => page.getByRole('button', { name, exact: true }) }
  }
}

interface OpenedWorld extends OpenApp {
  readonly world: World
  readonly node: (id: string) => Locator
  readonly button: (name: string) => Locator
}
