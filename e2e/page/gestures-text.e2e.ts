// Every gesture of the text and of the list of problems, with the mouse and with the keyboard.
import { expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { describeWith } from '../required.ts'
import { sleep } from '../wait-until.ts'
import { openWindow } from './open-window.ts'
import type { OpenWindow } from './open-window.ts'

const config = `// kept
prometheus.exporter.self "own" { }

prometheus.scrape "own" {
\ttargets         = prometheus.exporter.self.own.targets
\tforward_to      = [prometheus.relabel.some.receiver]
\tscrape_interval = "1s"
}

prometheus.relabel "some" {
\tforward_to = [prometheus.echo.log.receiver]
}

prometheus.echo "log" { }
`
const renamed = config.replace('relabel.some', 'relabel.other').replace('relabel "some"', 'relabel "other"')
const messy = config.replace('\tscrape_interval = "1s"', '  scrape_interval   =  "1s"')
const wrong = config.replace('scrape_interval', 'scrape_intervall')
const layout = { face: 'split', palette: false, drawer: true, tab: 'problems' } as const

const popup = (w: OpenWindow): Locator => w.page.locator('.cm-tooltip-autocomplete')
const docs = (w: OpenWindow): Locator => w.page.locator('.cm-docs')
const focused = (w: OpenWindow): Locator => w.page.locator('.cm-editor.cm-focused')
/** Milliseconds a button of the mouse is held in a click. */
const asLongAsAPerson = 100
const fold = (w: OpenWindow): Locator => w.page.locator('.cm-foldPlaceholder')

/** Takes what is offered, once it has been seen: a list that has only just opened takes no answer yet. */
async function takeOffer(w: OpenWindow, name: string): Promise<void> {
  await popup(w).getByText(name).first().waitFor()
  await sleep(150)
  await w.keys('Enter')
}

/** Opens the menu on a word of the text and chooses from it. */
async function menuOn(w: OpenWindow, text: string, entry: string): Promise<void> {
  await w.line(text).click({ button: 'right', position: { x: 50, y: 8 } })
  await w.page
    .getByRole('menuitem', { name: new RegExp(`^${entry}`) })
    .first()
    .click()
}

async function answerLabel(w: OpenWindow): Promise<void> {
  const field = w.page.getByRole('textbox', { name: /^New label/ })
  await field.waitFor()
  await field.fill('other')
  await field.press('Enter')
}

describeWith(['chromium'], 'gestures of the text in Chromium', () => {
  test('names are completed: components, arguments, references, functions', async () => {
    const w = await openWindow(config, layout)
    const typed = (after: string): string =>
      config.replace('\tscrape_interval = "1s"\n', `\tscrape_interval = "1s"\n${after}`)
    const undoAll = async (): Promise<void> => {
      await w.undoAll()
      await w.saves(config)
    }
    await w.goToEndOf('// kept')
    await w.keys('Enter')
    await w.type('loki.ec')
    await popup(w).getByText('loki.echo').first().click()
    await w.keys('Escape')
    await w.saves(config.replace('// kept\n', '// kept\nloki.echo "default" {\n}\n'))
    await undoAll()

    await w.goToEndOf('scrape_interval')
    await w.keys('Enter', 'Control+Space')
    await popup(w).waitFor()
    await w.type('job_name')
    await takeOffer(w, 'job_name')
    await w.type('x')
    await w.saves(typed('\tjob_name = "x"\n'))
    await undoAll()

    await w.goToEndOf('scrape_interval')
    await w.keys('Enter')
    await w.type('job_name = string.to_upp')
    await takeOffer(w, 'string.to_upper')
    await w.saves(typed('\tjob_name = string.to_upper()\n'))
    await undoAll()

    await w.goToEndOf('[prometheus.relabel.some.receiver]')
    await w.keys('ArrowLeft')
    await w.type(', prometheus.ec')
    await takeOffer(w, 'prometheus.echo.log.receiver')
    await w.saves(config.replace('some.receiver]', 'some.receiver, prometheus.echo.log.receiver]'))
    await undoAll()
    expect(w.complaints).toEqual([])
  })

  test('the text is explained, folded, formatted and renamed', async () => {
    const w = await openWindow(messy, layout)
    await w.line('forward_to').hover({ position: { x: 50, y: 8 } })
    await docs(w).waitFor()
    await w.page.mouse.move(600, 500)
    await docs(w).waitFor({ state: 'detached' })
    await menuOn(w, 'forward_to', 'Explain')
    await docs(w).waitFor()
    await focused(w).waitFor()
    await w.keys('Escape')
    await docs(w).waitFor({ state: 'detached' })
    await w.keys('Shift+F1')
    await docs(w).waitFor()

    await w.page.locator('.cm-foldGutter [title="Fold line"]').first().click()
    await fold(w).click({ delay: asLongAsAPerson })
    await fold(w).waitFor({ state: 'detached' })
    await menuOn(w, 'scrape_interval', 'Fold')
    await fold(w).waitFor()
    await focused(w).waitFor()
    await w.keys('Control+Shift+BracketRight')
    await fold(w).waitFor({ state: 'detached' })
    await w.line('scrape_interval').click()
    await w.keys('Control+Shift+BracketLeft')
    await fold(w).waitFor()
    await menuOn(w, 'prometheus.scrape', 'Unfold')
    await fold(w).waitFor({ state: 'detached' })

    await menuOn(w, '// kept', 'Format')
    await w.saves(config)
    await w.undo()
    await w.saves(messy)
    await w.line('// kept').click()
    await w.keys('Shift+Alt+F')
    await w.saves(config)

    await menuOn(w, 'prometheus.relabel "some"', 'Rename')
    await answerLabel(w)
    await w.saves(renamed)
    await w.undo()
    await w.saves(config)
    await w.line('prometheus.relabel "some"').click()
    await w.keys('F2')
    await answerLabel(w)
    await w.saves(renamed)
    expect(w.complaints).toEqual([])
  })

  test('a problem is found and mended, in the text and from the list', async () => {
    const w = await openWindow(wrong, layout)
    const back = async (): Promise<void> => {
      await w.saves(config)
      await w.undo()
      await w.saves(wrong)
    }
    const panel = w.page.getByRole('complementary', { name: 'Selected component' })
    const problem = w.page.locator('button[data-problem]')
    await w.line('scrape_intervall').hover({ position: { x: 50, y: 8 } })
    await w.page.locator('.cm-diagnosticAction').first().click()
    await back()
    await menuOn(w, 'scrape_intervall', 'Fix the problem')
    await back()
    await w.line('// kept').click()
    await w.keys('F8', 'Control+.')
    await back()
    await problem.click()
    await panel.getByRole('heading', { name: 'own' }).waitFor()
    await w.page
      .getByRole('button', { name: /did you mean/ })
      .last()
      .click()
    await back()
    await w.line('// kept').click()
    await w.keys('Control+Shift+M')
    await w.tabTo(/^Problems/)
    await w.tabTo(/unknown attribute/)
    await w.keys('Enter')
    await panel.getByRole('heading', { name: 'own' }).waitFor()
    await w.keys('Control+Shift+M')
    await w.tabTo(/^did you mean/)
    await w.keys('Enter')
    await back()
    expect(w.complaints).toEqual([])
  })
})
