// Whoever types fast loses no key: what opens has the focus at once, and what had it before has it again at once.
import { expect, test } from 'vitest'
import { scrapeAndRelabel as config } from '../configs.ts'
import { describeWith } from '../required.ts'
import { openWindow } from './open-window.ts'

const text = `// kept\n${config}`

describeWith(['chromium'], 'keys pressed one right after another in Chromium', () => {
  test('reach the text again after a list and after a menu', async () => {
    const w = await openWindow(text, { face: 'split', palette: false })
    const menu = w.page.getByRole('menu')
    await w.goToEndOf('// kept')
    await w.keys('Control+k', 'Escape')
    await w.type('a')
    await w.keys('Shift+F10')
    await menu.waitFor()
    await w.keys('Escape')
    await w.type('b')
    await w.keys('Shift+F10')
    await menu.waitFor()
    await w.type('Expl')
    await w.keys('Enter')
    await w.type('c')
    await w.saves(text.replace('// kept', '// keptabc'))
    expect(w.complaints).toEqual([])
  })

  test('answer a list and a question of the canvas, and reach the component again', async () => {
    const w = await openWindow(text, { palette: false })
    const relabel = 'prometheus.relabel.some'
    const focused = () => w.page.evaluate('document.activeElement.dataset.id')
    await w.node(relabel).click()
    await w.keys('Control+k', 'Escape')
    expect(await focused()).toBe(relabel)
    await w.keys('a', 'Escape')
    expect(await focused()).toBe(relabel)
    await w.keys('F2')
    await w.page.getByRole('textbox', { name: /^New label/ }).waitFor()
    await w.keys('Escape', 'Delete', 'Enter')
    await w.node(relabel).waitFor({ state: 'detached' })
    const [, block] = /\n(prometheus\.relabel[^]*?\n}\n\n)/.exec(text)!
    await w.saves(text.replace(block, '').replace(`${relabel}.receiver`, 'prometheus.echo.log.receiver'))
    expect(w.complaints).toEqual([])
  })
})
