// The pipeline edited on the canvas of `weir ui`, in a real browser: the text changes by what the gesture is about, and by
// nothing else.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { Child } from '../child.ts'
import { freePort } from '../free-port.ts'
import { describeWith } from '../required.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { waitUntil } from '../wait-until.ts'
import { bundle } from '../weir-process.ts'
import { openPage } from './browser.ts'

const seed = readFileSync(new URL('../../assets/examples/seed.alloy', import.meta.url), 'utf8')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface OpenCanvas {
  readonly page: Page
  readonly complaints: string[]
  /** The text as it would be saved: what the host keeps of it while it is not. */
  readonly text: () => Promise<string>
  readonly node: (id: string) => Locator
}

/** Opens a config in `weir ui`, without a collector that could reach what it names. */
async function openCanvas(config = seed): Promise<OpenCanvas> {
  const folder = scratchFolder()
  const file = join(folder, 'config.alloy')
  writeFileSync(file, config)
  const flags = [`--addr=127.0.0.1:${await freePort()}`, `--server.http.listen-addr=127.0.0.1:${await freePort()}`]
  const child = new Child(process.execPath, [bundle, 'ui', ...flags, `--storage.path=${folder}/data`, file])
  await child.until('an address', () => /http:\/\/\S+/.test(child.stdout), 60_000)
  const opened = await openPage(/http:\/\/\S+/.exec(child.stdout)![0])
  const { page } = opened
  await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  return {
    page,
    complaints: opened.complaints,
    node: (id) => page.locator(`.react-flow__node[data-id="${id}"]`),
    text: async () => {
      await page.getByRole('application', { name: 'Pipeline' }).focus()
      await page.keyboard.press('Control+a')
      await page.keyboard.press('Control+c')
      return page.evaluate<string>('navigator.clipboard.readText()')
    },
  }
}

const relabel = `prometheus.relabel "default" {
  forward_to = [prometheus.remote_write.mimir.receiver]
}
`

/** Blocks as they are copied: all of them in the order of the file, without what stands between them. */
const inserted = (blocks: string): string =>
  blocks
    .replace('[prometheus.remote_write.mimir.receiver]', '[prometheus.relabel.default.receiver]')
    .replace('prometheus.remote_write "mimir" {', `${relabel}\nprometheus.remote_write "mimir" {`)

describeWith(['chromium'], 'the canvas in Chromium', () => {
  test('a component is put into an edge with the mouse, and taken out again by undo', async () => {
    const { page, text, node, complaints } = await openCanvas()
    const before = await text()
    expect(before).toContain('otelcol.receiver.otlp "default"')
    await page.keyboard.press('Escape')
    const from = (await node('prometheus.scrape.spring_boot').boundingBox())!
    const to = (await node('prometheus.remote_write.mimir').boundingBox())!
    await page.mouse.move((from.x + from.width + to.x) / 2, from.y + from.height / 2)
    await page.getByRole('button', { name: 'Insert a component here' }).click()
    await page.keyboard.type('prometheus.relabel')
    await page.keyboard.press('Enter')
    await node('prometheus.relabel.default').waitFor()
    expect(await text()).toBe(inserted(before))
    await page.keyboard.press('Control+z')
    await node('prometheus.relabel.default').waitFor({ state: 'detached' })
    expect(await text()).toBe(before)
    expect(complaints).toEqual([])
  })

  test('the same is done with the keyboard alone', async () => {
    const { page, text, node } = await openCanvas()
    const before = await text()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('spring_boot')
    await page.keyboard.press('Enter')
    await waitUntil('the component has the focus', () =>
      page.evaluate('document.activeElement.dataset.id === "prometheus.scrape.spring_boot"'),
    )
    await page.keyboard.press('e')
    await page.locator('.react-flow__edge.selected').waitFor({ state: 'attached' })
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Insert into this edge' }).waitFor()
    await page.keyboard.type('prometheus.relabel')
    await page.keyboard.press('Enter')
    await node('prometheus.relabel.default').waitFor()
    expect(await text()).toBe(inserted(before))
  })

  test('a wire is dropped on the empty canvas, one that does not fit is translated, a copy is pasted', async () => {
    const { page, text, node } = await openCanvas()
    const port = node('otelcol.receiver.otlp.default').locator('[data-handleid="out:otlp/metrics"]')
    const drag = async (x: number, y: number): Promise<void> => {
      const at = (await port.boundingBox())!
      await page.mouse.move(at.x + 9, at.y + 9)
      await page.mouse.down()
      await page.mouse.move(x, y, { steps: 8 })
    }
    const target = (await node('prometheus.remote_write.mimir').boundingBox())!
    await drag(target.x + target.width / 2, target.y + target.height / 2)
    await page.getByText('This gives OTLP data, but that takes Prometheus metrics.').waitFor()
    await page.mouse.up()
    await page.getByRole('dialog', { name: 'Connect through' }).waitFor()
    await page.keyboard.press('Enter')
    await node('otelcol.exporter.prometheus.default').waitFor()
    await page.keyboard.press('Control+z')
    await node('otelcol.exporter.prometheus.default').waitFor({ state: 'detached' })

    const pane = (await page.locator('.react-flow__pane').boundingBox())!
    await drag(pane.x + pane.width - 60, pane.y + 40)
    await page.mouse.up()
    await page.keyboard.type('otelcol.processor.batch')
    await page.keyboard.press('Enter')
    await node('otelcol.processor.batch.default').waitFor()
    expect(await text()).toContain('metrics = [otelcol.processor.batch.default.input]')

    await node('loki.write.default').click()
    await page.keyboard.press('Control+c')
    await page.keyboard.press('Control+v')
    await node('loki.write.default_2').waitFor()
  })

  test('a component is dragged out of the palette onto an edge', async () => {
    const { page, text, node } = await openCanvas()
    const before = await text()
    const from = (await node('prometheus.scrape.spring_boot').boundingBox())!
    const to = (await node('prometheus.remote_write.mimir').boundingBox())!
    const row = page.locator('[data-component="prometheus.relabel"]')
    const start = (await row.boundingBox())!
    await page.mouse.move(start.x + 20, start.y + 10)
    await page.mouse.down()
    await page.mouse.move(start.x + 60, start.y + 30, { steps: 4 })
    await page.mouse.move((from.x + from.width + to.x) / 2, from.y + from.height / 2, { steps: 8 })
    await page.mouse.up()
    await node('prometheus.relabel.default').waitFor()
    expect(await text()).toBe(inserted(before))
  })

  test('a component is switched off, bridged when it is removed, and found by assistive technology', async () => {
    const { page, text, node } = await openCanvas()
    const before = await text()
    await node('loki.relabel.docker_logs').click()
    await page.keyboard.press('Control+/')
    await node('loki.relabel.docker_logs').getByText('off', { exact: true }).waitFor()
    await page.keyboard.press('Control+/')
    await node('loki.relabel.docker_logs').getByText('off', { exact: true }).waitFor({ state: 'detached' })
    expect(await text()).toBe(before)
    await node('loki.relabel.docker_logs').click()
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: 'Bridge the gap' }).click()
    await node('loki.relabel.docker_logs').waitFor({ state: 'detached' })
    expect(await text()).toContain('forward_to = [loki.write.default.receiver]')
    await page.getByRole('group', { name: 'loki.write default' }).waitFor()

    await page.evaluate(axe)
    const violations = await page.evaluate(
      'axe.run("main").then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
    )
    expect(violations).toEqual([])
  })
})
