// A config opened in `weir ui` in a real browser, with what its tests do there time and again.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { Child } from '../child.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { sleep, waitUntil } from '../wait-until.ts'
import { bundle } from '../weir-process.ts'
import { openPage } from './browser.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What is open in the window, as the browser keeps it. */
export interface KeptLayout {
  readonly face?: 'canvas' | 'split' | 'text'
  readonly palette?: boolean
  readonly drawer?: boolean
  readonly tab?: 'problems' | 'tap' | 'logs' | 'diff'
}

/** How long the window may take for what a person did. */
const withinMs = 10_000

export class OpenWindow {
  readonly page: Page
  readonly complaints: readonly string[]
  readonly file: string

  constructor(page: Page, complaints: readonly string[], file: string) {
    this.page = page
    this.complaints = complaints
    this.file = file
  }

  node(id: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${id}"]`)
  }

  /** A port by its id, such as `out:logs`. */
  port(id: string, port: string): Locator {
    return this.node(id).locator(`[data-handleid="${port}"]`)
  }

  edge(from: string, to: string): Locator {
    return this.page.locator(`.react-flow__edge[aria-label$=" from ${from} to ${to}"]`)
  }

  /** Presses keys one after another. */
  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text)
  }

  /** Saves, and waits until the file is exactly this. */
  async saves(text: string): Promise<void> {
    const saved = async (): Promise<boolean> => {
      await this.keys('Control+s')
      await sleep(50)
      return readFileSync(this.file, 'utf8') === text
    }
    await waitUntil('the text in the file', saved, withinMs, 100).catch(() => undefined)
    expect(readFileSync(this.file, 'utf8')).toBe(text)
  }

  /** Steps back with the button, which no field takes for itself. */
  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Undo', exact: true }).click()
  }

  /** Steps back until nothing is left to undo: how what was typed falls into steps depends on how fast it was. */
  async undoAll(): Promise<void> {
    const undo = this.page.getByRole('button', { name: 'Undo', exact: true })
    while (await undo.isEnabled()) await undo.click()
  }

  /** Does one thing by its name in the command palette. */
  async command(name: string): Promise<void> {
    await this.keys('Control+k')
    await this.page.getByRole('dialog', { name: 'Command palette' }).waitFor()
    await this.type(name)
    await this.keys('Enter')
    await this.page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'detached' })
  }

  /** Answers a list that is asked from. */
  async choose(title: string | RegExp, name: string): Promise<void> {
    await this.page.getByRole('dialog', { name: title }).waitFor()
    await this.type(name)
    await this.keys('Enter')
  }

  /** Goes to a component with the keyboard. */
  async goTo(id: string): Promise<void> {
    await this.command(`go ${id}`)
    await waitUntil(`the focus on ${id}`, () => this.page.evaluate(`document.activeElement.dataset.id === "${id}"`))
  }

  /** Chooses from the menu of what is at a point. */
  async menu(at: Point, ...names: readonly string[]): Promise<void> {
    await this.page.mouse.click(at.x, at.y, { button: 'right' })
    for (const name of names) await this.page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click()
  }

  async drag(from: Point, to: Point): Promise<void> {
    await this.page.mouse.move(from.x, from.y)
    await this.page.mouse.down()
    await this.page.mouse.move(from.x + 4, from.y + 4, { steps: 2 })
    await this.page.mouse.move(to.x, to.y, { steps: 8 })
  }

  /** Waits until the picture stands still: it moves when a pane beside it opens or closes. */
  async still(): Promise<void> {
    const viewport = this.page.locator('.react-flow__viewport')
    let before: string | null = null
    await waitUntil(
      'a picture that stands still',
      async () => {
        const now = await viewport.getAttribute('style')
        const same = now === before
        before = now
        return same
      },
      withinMs,
      120,
    )
  }

  /** The middle of an element of the canvas, once that stands still. */
  async middleOf(element: Locator): Promise<Point> {
    await this.still()
    const { x, y, width, height } = (await element.boundingBox())!
    return { x: x + width / 2, y: y + height / 2 }
  }

  /** A point of an edge, by the share of its length before it. */
  async pointOn(from: string, to: string, share = 0.5): Promise<Point> {
    await this.still()
    return this.edge(from, to)
      .locator('path')
      .first()
      .evaluate((path: SVGPathElement, at) => {
        const point = path.getPointAtLength(path.getTotalLength() * at)
        const screen = point.matrixTransform(path.getScreenCTM()!)
        return { x: screen.x, y: screen.y }
      }, share)
  }

  /** A line of the text. */
  line(text: string): Locator {
    return this.page.locator('.cm-line', { hasText: text }).first()
  }

  /** Puts the cursor at the end of a line of the text. */
  async goToEndOf(text: string): Promise<void> {
    await this.line(text).click()
    await this.keys('End')
  }

  /** A place of the canvas where nothing is. */
  async nowhere(): Promise<Point> {
    await this.still()
    const pane = (await this.page.locator('.react-flow__pane').boundingBox())!
    return { x: pane.x + pane.width - 120, y: pane.y + 60 }
  }

  /** Ids of the components that are selected. */
  selected(): Promise<string[]> {
    return this.page
      .locator('.react-flow__node.selected')
      .evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).dataset.id ?? ''))
  }

  /** Moves the focus on with Tab until it is on an element with this name. */
  async tabTo(name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const named = `((at) => (at.getAttribute('aria-label') ?? at.textContent ?? '').trim())(document.activeElement)`
    for (let step = 0; step < 80; step++) {
      if (name.test(await this.page.evaluate<string>(named))) return
      await this.keys(key)
    }
    throw new Error(`Tab does not lead to ${name}`)
  }
}

/** Opens a config, with canvas and palette unless told otherwise. */
export async function openWindow(config: string, layout: KeptLayout = {}): Promise<OpenWindow> {
  const folder = scratchFolder()
  const file = join(folder, 'config.alloy')
  writeFileSync(file, config)
  const anyPort = '127.0.0.1:0'
  const flags = [`--addr=${anyPort}`, `--server.http.listen-addr=${anyPort}`, `--storage.path=${folder}/data`]
  const child = new Child(process.execPath, [bundle, 'ui', ...flags, file])
  const address = (): string => /http:\/\/\S+/.exec(child.stdout)?.[0] ?? ''
  await child.until('an address', () => address() !== '', 60_000)
  const { page, complaints } = await openPage(address())
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  if (Object.keys(layout).length > 0) {
    await page.evaluate((kept) => {
      for (const [name, value] of Object.entries(kept))
        localStorage.setItem(`weir.window.${name}`, JSON.stringify(value))
    }, layout)
    await page.reload()
  }
  await page.locator('.react-flow__node, .cm-content').first().waitFor({ timeout: 60_000 })
  // Applied, refused, or not run at all: it is known what became of the config.
  await page.getByText(/^(Applied|Not applied|Not known what runs|Collector failed)$/).waitFor()
  return new OpenWindow(page, complaints, file)
}
