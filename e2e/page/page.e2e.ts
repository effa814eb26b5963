// The page in a real browser, drawn from a collector that really runs.
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { Child } from '../child.ts'
import { freePort } from '../free-port.ts'
import { describeWith } from '../required.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { sleep, waitUntil } from '../wait-until.ts'
import { startWeir } from '../weir-process.ts'
import { openPage } from './browser.ts'

const hostile = '\\"><img src=x onerror=\\"window.__xss=1\\"><script>window.__xss=1</script>'

const config = `
prometheus.exporter.self "own" { }

prometheus.scrape "own" {
  targets         = prometheus.exporter.self.own.targets
  forward_to      = [prometheus.relabel.some.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
}

prometheus.scrape "absent" {
  targets         = [{ __address__ = "127.0.0.1:9", team = "${hostile}" }]
  forward_to      = [prometheus.relabel.some.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "500ms"
  basic_auth {
    username = "scraper"
    password = "hunter2"
  }
}

prometheus.relabel "some" {
  forward_to = [prometheus.echo.log.receiver]
  rule {
    source_labels = ["__name__"]
    regex         = "up|process_.*"
    action        = "keep"
  }
}

prometheus.echo "log" { }
`

const addressOf = (text: string): string => /^ready (http:\/\/\S+)$/m.exec(text)?.[1] ?? ''

describeWith(['chromium'], 'the page in Chromium', () => {
  test('shows the running pipeline, its numbers and what is wrong with a target', async () => {
    const weir = await startWeir(config)
    const { page, complaints, loaded } = await openPage(addressOf(weir.child.stdout))
    const nodes = page.locator('.react-flow__node')
    await nodes.nth(4).waitFor()
    expect(await nodes.count()).toBe(5)
    // Edges are drawn once their ends have been measured.
    await waitUntil('four edges', async () => (await page.locator('.react-flow__edge').count()) === 4)
    const own = page.locator('[data-id="prometheus.scrape.own"]')
    await own.getByText(/^[1-9][\d.]*k? samples\/s$/).waitFor({ timeout: 20_000 })

    await page.locator('[data-id="prometheus.scrape.absent"]').click()
    const panel = page.getByRole('complementary')
    await panel.getByText('down', { exact: true }).waitFor()
    await panel
      .getByText(/refused/)
      .first()
      .waitFor()
    await panel.getByText('password = (secret)').waitFor()
    expect(await page.content()).not.toContain('hunter2')
    await own.locator('[data-emphasis="resting"]').waitFor()

    await page.getByRole('button', { name: 'Live', exact: true }).click()
    await page.getByRole('row', { name: /some prometheus\.relabel Healthy samples [1-9]/ }).waitFor()

    expect(await page.evaluate('window.__xss')).toBeUndefined()
    expect(complaints).toEqual([])
    expect(loaded.bytes).toBeLessThan(1_600_000)
  })

  test('an address leads to the details of a component, and the instance says that it is alone', async () => {
    const weir = await startWeir(config)
    const { page } = await openPage(`${addressOf(weir.child.stdout)}#/live/prometheus.relabel.some`)
    const details = page.getByRole('complementary')
    for (const part of ['Healthy', 'Traffic', 'Arguments', 'Exports']) await details.getByText(part).first().waitFor()
    await details.getByText('prometheus.echo.log', { exact: true }).click()
    await details.getByRole('heading', { name: 'log' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#/live/prometheus.echo.log')
    await page.getByRole('button', { name: 'Instance', exact: true }).click()
    await page.getByRole('region', { name: 'Clustering' }).getByText('One instance is one node').waitFor()
    await page.getByText('All 5 components are healthy.').waitFor()
  })

  test('is used with the keyboard alone', async () => {
    const weir = await startWeir(config)
    const { page } = await openPage(addressOf(weir.child.stdout))
    await page.locator('.react-flow__node').first().waitFor()
    const focused = (): Promise<string | null> => page.evaluate('document.activeElement.getAttribute("data-id")')
    await waitUntil('a component has the focus', async () => {
      await page.keyboard.press('Tab')
      return (await focused()) !== null
    })
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
  })

  test('says when the collector is gone, keeps its picture, and is live again when it is back', async () => {
    const listen = `127.0.0.1:${await freePort()}`
    const first = await startWeir(config, { listen })
    const { page } = await openPage(`http://${listen}`)
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor()
    await page.locator('.react-flow__node').nth(4).waitFor()
    await first.kill()
    await page.getByText('The collector does not answer. This is what was seen last').waitFor()
    expect(await page.locator('.react-flow__node').count()).toBe(5)
    await startWeir(config, { listen })
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor()
  })

  test('asks nothing while it is hidden', async () => {
    const weir = await startWeir(config)
    const { page, requests } = await openPage(addressOf(weir.child.stdout))
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor()
    await page.locator('.react-flow__node').nth(4).waitFor()
    await page.evaluate('document.fonts.ready.then(() => true)')
    const become = (state: string): Promise<unknown> =>
      page.evaluate(
        `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });` +
          `document.dispatchEvent(new Event('visibilitychange'))`,
      )
    await become('hidden')
    const { length } = requests
    await sleep(6_000)
    expect(requests.slice(length)).toEqual([])
    await become('visible')
    await waitUntil('the page asks again', () => requests.includes('/api/v0/weir/frames', length))
  })

  test('npm start opens the example beside another program on its port and stops at Ctrl-C', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.once('error', () => resolve()).listen(12_345, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    const start = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'bin', 'start.mjs')
    const env = { WEIR_HOME: scratchFolder(), DISPLAY: '', WAYLAND_DISPLAY: '' }
    const child = new Child(process.execPath, [start], env)
    const address = (): string => /^Weir is at (http:\S+)$/m.exec(child.stdout)?.[1] ?? ''
    await child.until('an address', () => address() !== '', 60_000)
    expect(child.stderr).toContain('No window: ')
    const { page, complaints } = await openPage(address())
    await page
      .locator('[data-id="prometheus.echo.log"]')
      .getByText(/^[1-9][\d.]* samples\/s$/)
      .waitFor()
    expect(page.url()).not.toContain('token')
    expect(complaints).toEqual([])
    child.process.kill('SIGINT')
    child.process.kill('SIGINT')
    expect((await child.ended).code).toBe(0)
  })
})
