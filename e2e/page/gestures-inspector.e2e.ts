// Every gesture of the form, with the mouse and with the keyboard.
import { expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { scrapeAndRelabel as config } from '../configs.ts'
import { describeWith } from '../required.ts'
import { waitUntil } from '../wait-until.ts'
import { openWindow } from './open-window.ts'
import type { OpenWindow } from './open-window.ts'

const [scrape, relabel] = ['prometheus.scrape.app', 'prometheus.relabel.some'] as const
const layout = { palette: false } as const

const form = (w: OpenWindow): Locator => w.page.getByRole('complementary', { name: 'Selected component' })
const field = (w: OpenWindow, name: string): Locator => form(w).getByRole('textbox', { name, exact: true })

async function fill(at: Locator, value: string): Promise<void> {
  await at.fill(value)
  await at.press('Enter')
}

/** Goes into the form of a component with the keyboard. */
async function enter(w: OpenWindow, id: string): Promise<void> {
  await w.goTo(id)
  await w.keys('Enter')
  await w.tabTo(/^Form$/)
}

/** The text with one line changed, saved and undone again. */
async function changes(w: OpenWindow, before: string, after: string): Promise<void> {
  expect(config).toContain(before)
  await w.saves(config.replace(before, after))
  await w.undoAll()
  await w.saves(config)
}

const list = ['["job"]', '["job", "env"]'] as const
const reference = [
  '[prometheus.relabel.some.receiver]',
  '[prometheus.relabel.some.receiver, prometheus.echo.log.receiver]',
] as const
const rule = ['    action        = "keep"\n  }\n', '    action        = "keep"\n  }\n\n  rule { }\n'] as const
const environment = ['"hunter2"', 'sys.env("PASSWORD")'] as const

describeWith(['chromium'], 'gestures of the inspector in Chromium', () => {
  test('each changes its own lines by mouse', async () => {
    const w = await openWindow(config, layout)
    await w.node(relabel).click()
    await form(w).getByRole('button', { name: 'Add rule' }).click()
    await changes(w, ...rule)
    const labels = form(w).getByRole('group', { name: 'source_labels' })
    await labels.getByRole('button', { name: 'Add item' }).click()
    await fill(labels.getByRole('textbox').last(), 'env')
    await labels.getByRole('button', { name: 'Remove source_labels, item 1' }).click()
    await changes(w, list[0], '["env"]')
    await form(w).getByRole('button', { name: 'Test', exact: true }).first().click()
    await form(w).getByRole('textbox', { name: 'Text to match against' }).fill('abc')
    await form(w).getByText('Matches', { exact: true }).waitFor()
    await form(w).getByRole('combobox', { name: 'action' }).click()
    await w.page.getByRole('option', { name: 'drop', exact: true }).click()
    await changes(w, '"keep"', '"drop"')

    await w.node(scrape).click()
    await fill(field(w, 'scrape_interval'), '15s')
    await changes(w, '"60s"', '"15s"')
    await form(w).getByRole('searchbox', { name: 'Find an argument' }).first().fill('body_size')
    await fill(field(w, 'body_size_limit'), '10MiB')
    await changes(w, '"60s"\n', '"60s"\n  body_size_limit = "10MiB"\n')
    await form(w).getByRole('searchbox', { name: 'Find an argument' }).first().fill('')
    await form(w).getByRole('group', { name: 'forward_to' }).getByRole('button', { name: 'Connect to…' }).click()
    await w.page.getByRole('menuitem', { name: 'prometheus.echo.log.receiver' }).click()
    await changes(w, ...reference)
    await form(w).getByRole('button', { name: 'Keep the secret elsewhere' }).click()
    await w.page.getByRole('menuitem', { name: /environment/ }).click()
    await changes(w, ...environment)
    await form(w).getByRole('button', { name: 'Remove basic_auth' }).click()
    await changes(w, '\n  basic_auth {\n    username = "scraper"\n    password = "hunter2"\n  }\n', '')
    const target = form(w).getByRole('group', { name: 'targets, item 1' })
    await target.getByRole('button', { name: 'Add entry' }).click()
    await fill(target.getByRole('textbox', { name: /key 2$/ }), 'env')
    await fill(target.getByRole('textbox').last(), 'dev')
    await changes(w, '"127.0.0.1:9" }', '"127.0.0.1:9", env = "dev" }')
    expect(w.complaints).toEqual([])
  })

  test('each changes its own lines by keyboard', async () => {
    const w = await openWindow(config, layout)
    await enter(w, relabel)
    await w.tabTo(/^Add rule$/)
    await w.keys('Enter')
    await changes(w, ...rule)
    await enter(w, relabel)
    await w.tabTo(/^Add item$/)
    await w.keys('Enter')
    await w.tabTo(/^source_labels, item 2$/)
    await w.type('env')
    await w.keys('Enter')
    await changes(w, ...list)
    await enter(w, relabel)
    await w.tabTo(/^Test$/)
    await w.keys('Enter')
    await w.tabTo(/^Text to match against$/)
    await w.type('abc')
    await form(w).getByText('Matches', { exact: true }).waitFor()
    await enter(w, relabel)
    await w.tabTo(/^action$/)
    await w.keys('Enter')
    await w.page.getByRole('option', { name: 'drop', exact: true }).waitFor()
    await w.type('drop')
    await w.keys('Enter')
    await changes(w, '"keep"', '"drop"')

    await enter(w, scrape)
    await w.tabTo(/^scrape_interval$/)
    await w.keys('Control+a')
    await w.type('15s')
    await w.keys('Enter')
    await changes(w, '"60s"', '"15s"')
    await enter(w, scrape)
    await w.tabTo(/^Connect to…$/)
    await w.keys('Enter')
    await w.page.getByRole('menuitem', { name: 'prometheus.echo.log.receiver' }).waitFor()
    await w.type('prometheus.echo')
    await w.keys('Enter')
    await changes(w, ...reference)
    await enter(w, scrape)
    await w.tabTo(/^Keep the secret elsewhere$/)
    await w.keys('Enter')
    await w.page.getByRole('menuitem', { name: /from a file/ }).waitFor()
    await w.keys('End', 'Enter')
    await w.saves(
      `${config.replace('"hunter2"', 'local.file.password.content')}\nlocal.file "password" {\n` +
        '  filename  = "/run/secrets/password"\n  is_secret = true\n}\n',
    )
    await w.undo()
    await w.saves(config)
    expect(w.complaints).toEqual([])
  })

  test('what is typed is saved before it is finished, and what opens over the form gives the focus back', async () => {
    const w = await openWindow(config, layout)
    await w.node(scrape).click()
    await field(w, 'scrape_interval').fill('15s')
    await w.saves(config.replace('"60s"', '"15s"'))
    await w.keys('Control+k')
    await w.page.getByRole('dialog', { name: 'Command palette' }).waitFor()
    await w.keys('Escape')
    await waitUntil('the focus in the field', () =>
      field(w, 'scrape_interval').evaluate((input) => input === document.activeElement),
    )
    await form(w).getByRole('button', { name: 'Keep the secret elsewhere' }).press('Enter')
    await w.page.getByRole('menuitem', { name: /environment/ }).waitFor()
    await w.keys('Enter')
    await waitUntil('the focus in the expression', () =>
      field(w, 'password, expression').evaluate((input) => input === document.activeElement),
    )
    await form(w).getByRole('button', { name: 'Close' }).press('Enter')
    await waitUntil('the focus on the component', () =>
      w.node(scrape).evaluate((node) => node === document.activeElement),
    )
    expect(w.complaints).toEqual([])
  })
})
