// Every gesture of the canvas, with the mouse and with the keyboard: both change the text in the same lines, and nothing else.
import { expect, test } from 'vitest'
import { describeWith } from '../required.ts'
import { waitUntil } from '../wait-until.ts'
import { openWindow } from './open-window.ts'
import type { OpenWindow } from './open-window.ts'

const config = `// kept
prometheus.exporter.self "own" { }

prometheus.scrape "own" {
  targets    = prometheus.exporter.self.own.targets
  forward_to = [prometheus.echo.sink.receiver]
}

prometheus.echo "sink" { }

loki.source.file "app" {
  targets    = [{ __path__ = "/nowhere/app.log" }]
  forward_to = [loki.relabel.app.receiver]
}

loki.relabel "app" {
  forward_to = [loki.echo.out.receiver]
}

loki.echo "out" { }
`

const [scrape, sink, source, relabel, out] = [
  'prometheus.scrape.own',
  'prometheus.echo.sink',
  'loki.source.file.app',
  'loki.relabel.app',
  'loki.echo.out',
] as const

const replaced = (...pairs: readonly (readonly [string, string])[]): string =>
  pairs.reduce((text, [before, after]) => {
    expect(text).toContain(before)
    return text.replace(before, after)
  }, config)

const fromSource = '[loki.relabel.app.receiver]'
const sourceBlock = `  forward_to = ${fromSource}\n}\n`
const inserted = replaced([
  'forward_to = [prometheus.echo.sink.receiver]\n}\n',
  'forward_to = [prometheus.relabel.default.receiver]\n}\n\n' +
    'prometheus.relabel "default" {\n  forward_to = [prometheus.echo.sink.receiver]\n}\n',
])
const wiredNew = replaced([
  sourceBlock,
  '  forward_to = [loki.relabel.app.receiver, loki.echo.default.receiver]\n}\n\nloki.echo "default" { }\n',
])
const relabelBlock = 'loki.relabel "app" {\n  forward_to = [loki.echo.out.receiver]\n}\n'
const copied = replaced([relabelBlock, `${relabelBlock}\n${relabelBlock.replace('"app"', '"app_2"')}`])

interface Gesture {
  readonly name: string
  /** The text afterwards, by whichever way. */
  readonly after: string
  readonly mouse: readonly ((w: OpenWindow) => Promise<unknown>)[]
  readonly keyboard: readonly ((w: OpenWindow) => Promise<unknown>)[]
}

const search = (w: OpenWindow) => w.page.getByRole('searchbox', { name: 'Search components' })
const row = (w: OpenWindow, name: string) => w.page.locator(`[data-component="${name}"]`)
const renamedAs = async (w: OpenWindow): Promise<void> => {
  await w.page.getByRole('textbox', { name: /^New label/ }).waitFor()
  await w.keys('Control+a')
  await w.type('apps')
  await w.keys('Enter')
}
const edgeSelected = (w: OpenWindow) => w.page.locator('.react-flow__edge.selected').waitFor({ state: 'attached' })

const gestures: readonly Gesture[] = [
  {
    name: 'a component is added',
    after: `${config}\nloki.echo "default" { }\n`,
    mouse: [
      async (w) => {
        await search(w).fill('loki.echo')
        await row(w, 'loki.echo').dblclick()
        await search(w).fill('')
      },
      async (w) => {
        await search(w).fill('loki.echo')
        await w.drag(await w.middleOf(row(w, 'loki.echo')), await w.nowhere())
        await w.page.mouse.up()
        await search(w).fill('')
      },
      async (w) => {
        const { x, y } = await w.nowhere()
        await w.page.mouse.dblclick(x, y)
        await w.choose('Add a component', 'loki.echo')
      },
      async (w) => {
        await w.menu(await w.nowhere(), 'Add a component')
        await w.choose('Add a component', 'loki.echo')
      },
    ],
    keyboard: [
      async (w) => {
        await w.command('components to add')
        await w.tabTo(/^Search components/)
        await w.type('loki.echo')
        await w.keys('Enter')
      },
      async (w) => {
        await w.goTo(out)
        await w.keys('a')
        await w.choose('Add a component', 'loki.echo')
      },
    ],
  },
  {
    name: 'a component is put into an edge',
    after: inserted,
    mouse: [
      async (w) => {
        const { x, y } = await w.pointOn(scrape, sink)
        await w.page.mouse.move(x, y)
        await w.page.getByRole('button', { name: 'Insert a component here' }).click()
        await w.choose('Insert into this edge', 'prometheus.relabel')
      },
      async (w) => {
        await w.menu(await w.pointOn(scrape, sink, 0.3), 'Insert')
        await w.choose('Insert into this edge', 'prometheus.relabel')
      },
      async (w) => {
        await w.drag(await w.middleOf(row(w, 'prometheus.relabel')), await w.pointOn(scrape, sink, 0.3))
        await w.page.mouse.up()
      },
    ],
    keyboard: [
      async (w) => {
        await w.goTo(scrape)
        await w.keys('e')
        await edgeSelected(w)
        await w.keys('i')
        await w.choose('Insert into this edge', 'prometheus.relabel')
      },
    ],
  },
  {
    name: 'two components are connected',
    after: replaced([fromSource, '[loki.relabel.app.receiver, loki.echo.out.receiver]']),
    mouse: [
      async (w) => {
        await w.drag(await w.middleOf(w.port(source, 'out:logs')), await w.middleOf(w.node(out)))
        await w.page.mouse.up()
      },
      async (w) => {
        await w.drag(await w.middleOf(w.port(out, 'in:logs')), await w.middleOf(w.node(source)))
        await w.page.mouse.up()
      },
    ],
    keyboard: [
      async (w) => {
        await w.goTo(source)
        await w.keys('c')
        await w.choose('Connect loki.source.file.app to', 'loki.echo.out')
      },
    ],
  },
  {
    name: 'a component is connected to a new one',
    after: wiredNew,
    mouse: [
      async (w) => {
        await w.drag(await w.middleOf(w.port(source, 'out:logs')), await w.nowhere())
        await w.page.mouse.up()
        await w.choose('Add a component for logs', 'loki.echo')
      },
    ],
    keyboard: [
      async (w) => {
        await w.goTo(source)
        await w.keys('c')
        await w.choose('Connect loki.source.file.app to', 'new loki.echo')
      },
    ],
  },
  {
    name: 'an end of an edge is taken elsewhere',
    after: replaced([fromSource, '[loki.echo.out.receiver]']),
    mouse: [
      async (w) => {
        const { x, y } = await w.pointOn(source, relabel, 0.2)
        await w.page.mouse.click(x, y)
        await edgeSelected(w)
        await w.drag(await w.pointOn(source, relabel, 0.9), await w.middleOf(w.node(out)))
        await w.page.mouse.up()
      },
    ],
    keyboard: [
      async (w) => {
        await w.goTo(source)
        await w.keys('e')
        await edgeSelected(w)
        await w.keys('c')
        await w.choose('Take an end of this edge elsewhere', 'loki.echo.out')
      },
    ],
  },
  {
    name: 'an edge is removed',
    after: replaced([fromSource, '[]']),
    mouse: [async (w) => w.menu(await w.pointOn(source, relabel, 0.2), 'Remove')],
    keyboard: [
      async (w) => {
        await w.goTo(source)
        await w.keys('e')
        await edgeSelected(w)
        await w.keys('Delete')
      },
    ],
  },
  {
    name: 'a component is removed and the gap bridged',
    after: replaced([fromSource, '[loki.echo.out.receiver]'], [`${relabelBlock}\n`, '']),
    mouse: [
      async (w) => {
        await w.menu(await w.middleOf(w.node(relabel)), 'Remove')
        await w.page.getByRole('button', { name: 'Bridge the gap' }).click()
      },
    ],
    keyboard: [
      async (w) => {
        await w.goTo(relabel)
        await w.keys('Delete')
        await w.tabTo(/^Bridge the gap/)
        await w.keys('Enter')
      },
    ],
  },
  {
    name: 'a component is renamed, and the references to it',
    after: replaced(['loki.relabel "app"', 'loki.relabel "apps"'], [fromSource, '[loki.relabel.apps.receiver]']),
    mouse: [
      async (w) => {
        await w.menu(await w.middleOf(w.node(relabel)), 'Rename')
        await renamedAs(w)
      },
    ],
    keyboard: [
      async (w) => {
        await w.goTo(relabel)
        await w.keys('F2')
        await renamedAs(w)
      },
    ],
  },
  {
    name: 'a component is doubled',
    after: copied,
    mouse: [
      async (w) => w.menu(await w.middleOf(w.node(relabel)), 'Duplicate'),
      async (w) => {
        await w.menu(await w.middleOf(w.node(relabel)), 'Copy as text')
        await w.menu(await w.middleOf(w.node(relabel)), 'Paste')
      },
    ],
    keyboard: [
      async (w) => {
        await w.goTo(relabel)
        await w.keys('Control+d')
      },
      async (w) => {
        await w.goTo(relabel)
        await w.keys('Control+c', 'Control+v')
        const copy = (): Promise<string> => w.page.evaluate<string>('navigator.clipboard.readText()')
        await waitUntil('the copy', async () => (await copy()) === relabelBlock)
      },
      async (w) => {
        await w.goTo(relabel)
        await w.keys('Shift+F10')
        await w.page.getByRole('menuitem', { name: /^Duplicate/ }).waitFor()
        await w.type('Dup')
        await w.keys('Enter')
      },
    ],
  },
  {
    name: 'a component is cut out',
    after: replaced([relabelBlock, ''], [`\n\nloki.echo "out"`, '\nloki.echo "out"'], [fromSource, '[]']),
    mouse: [async (w) => w.menu(await w.middleOf(w.node(relabel)), 'Cut')],
    keyboard: [
      async (w) => {
        await w.goTo(relabel)
        await w.keys('Control+x')
      },
    ],
  },
  {
    name: 'a component is switched off',
    after: replaced(
      [fromSource, '[/* loki.relabel.app.receiver */ loki.echo.out.receiver]'],
      [relabelBlock, '// loki.relabel "app" {\n//   forward_to = [loki.echo.out.receiver]\n// }\n'],
    ),
    mouse: [async (w) => w.menu(await w.middleOf(w.node(relabel)), 'Switch off')],
    keyboard: [
      async (w) => {
        await w.goTo(relabel)
        await w.keys('Control+/')
      },
    ],
  },
]

describeWith(['chromium'], 'gestures of the canvas in Chromium', () => {
  test.each(['mouse', 'keyboard'] as const)('each changes its own lines by %s, and undo takes it back', async (way) => {
    const w = await openWindow(config)
    for (const { name, after, [way]: ways } of gestures) {
      for (const [index, act] of ways.entries()) {
        try {
          await act(w)
          await w.saves(after)
          await w.undo()
          await w.saves(config)
          const { x, y } = await w.nowhere()
          await w.page.mouse.click(x, y)
        } catch (error) {
          throw new Error(`${name}, way ${index + 1}: ${String(error)}`, { cause: error })
        }
      }
    }
    expect(w.complaints).toEqual([])
  })

  test('what cannot be done says why: a wire that does not fit, text of another program', async () => {
    const w = await openWindow(config)
    await w.drag(await w.middleOf(w.port(source, 'out:logs')), await w.middleOf(w.node(sink)))
    await w.page.getByText('This gives Loki logs, but that takes Prometheus metrics.').waitFor()
    await w.page.mouse.up()
    const notices = w.page.getByRole('region', { name: 'Notices' })
    await w.keys('Escape')
    for (const [text, reason] of [
      ['receivers:\n  otlp:\nservice:\n  pipelines:\n', 'configuration of the OpenTelemetry Collector'],
      ['global:\n  scrape_interval: 15s\nscrape_configs:\n  - job_name: a\n', 'configuration of Prometheus'],
      ['clients:\n  - url: http://127.0.0.1/push\nscrape_configs:\n', 'configuration of Promtail'],
    ] as const) {
      await w.page.evaluate((value) => navigator.clipboard.writeText(value), text)
      await w.goTo(out)
      await w.keys('Control+v')
      await notices.getByText(reason).waitFor()
      await w.menu(await w.nowhere(), 'Paste')
      await notices.getByText(reason).waitFor()
    }
    await w.saves(config)
  })

  test('several are selected, lined up, moved and tidied', async () => {
    const w = await openWindow(config)
    const { page } = w
    const left = async (id: string): Promise<number> => Math.round((await w.node(id).boundingBox())!.x)
    const select = async (...ids: readonly string[]): Promise<void> => {
      await waitUntil(
        `${ids.join()} selected`,
        async () => (await w.selected()).toSorted().join() === ids.toSorted().join(),
      )
    }
    await w.node(relabel).click()
    await w.node(out).click({ modifiers: ['Shift'] })
    await select(relabel, out)
    await w.menu(await w.middleOf(w.node(relabel)), 'Align', 'Align left')
    await waitUntil('both in one column', async () => (await left(relabel)) === (await left(out)))
    await w.undo()
    await waitUntil('back in place', async () => (await left(relabel)) < (await left(out)))

    await w.goTo(source)
    await w.keys('Control+ArrowRight')
    await select(source, relabel)
    await w.keys('s')
    await w.choose('Select one more', out)
    await select(source, relabel, out)
    await w.command('align left')
    await waitUntil('all in one column', async () => (await left(source)) === (await left(out)))
    await w.keys('Control+z')
    await waitUntil('back in place', async () => (await left(source)) < (await left(out)))
    await w.keys('Control+a')
    await waitUntil('all selected', async () => (await w.selected()).length === 6)
    await w.keys('Escape')
    await select()

    await w.still()
    const [from, to] = [(await w.node(relabel).boundingBox())!, (await w.node(out).boundingBox())!]
    await page.keyboard.down('Shift')
    await page.mouse.move(from.x - 12, from.y - 12)
    await page.mouse.down()
    await page.mouse.move(to.x + to.width + 8, to.y + to.height + 8, { steps: 8 })
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await select(relabel, out)

    const at = await w.middleOf(w.node(out))
    await w.keys('Shift+ArrowDown', 'Shift+ArrowDown')
    await waitUntil('moved by keys', async () => (await w.middleOf(w.node(out))).y > at.y + 4)
    await w.undo()
    await w.goTo(source)
    const start = await w.middleOf(w.node(out))
    await w.drag(start, { x: start.x, y: start.y + 90 })
    await page.mouse.up()
    await waitUntil('moved by mouse', async () => (await w.middleOf(w.node(out))).y > start.y + 60)
    await page.getByRole('button', { name: /^Tidy/ }).click()
    await waitUntil('tidied', async () => Math.abs((await w.middleOf(w.node(out))).y - start.y) < 30)
    await w.command('tidy')
    await w.saves(config)
    expect(w.complaints).toEqual([])
  })

  test('one gets about: along the path, by search, overview and zoom, and into the inspector and back', async () => {
    const w = await openWindow(`${config}
declare "pipe" {
  argument "to" { }

  loki.process "inner" {
    forward_to = argument.to.value
  }
}
`)
    const { page } = w
    const focused = (id: string) => () => page.evaluate(`document.activeElement.dataset.id === "${id}"`)
    await w.keys('Control+f')
    await w.choose('Find a component', 'relabel')
    await waitUntil('the found one', focused(relabel))
    await w.node(out).locator('[data-emphasis="lit"]').waitFor()
    await w.node(sink).locator('[data-emphasis="resting"]').waitFor()
    await w.keys('ArrowRight')
    await waitUntil('along the edge', focused(out))
    await w.keys('Enter')
    const panel = page.getByRole('complementary', { name: 'Selected component' })
    await panel.getByRole('heading', { name: 'out' }).waitFor()
    await waitUntil('the focus in the inspector', () =>
      page.evaluate('document.activeElement.closest("[data-pane=inspector]") !== null'),
    )
    await w.keys('Escape')
    await waitUntil('the focus on the canvas again', focused(out))

    const width = async (): Promise<number> => (await w.node(out).boundingBox())!.width
    await w.still()
    const before = await width()
    await w.keys('+')
    await waitUntil('zoomed in', async () => (await width()) > before * 1.05)
    await w.keys('0')
    await w.still()
    const map = (await page.locator('.react-flow__minimap').boundingBox())!
    const there = await w.middleOf(w.node(out))
    await w.drag({ x: map.x + 70, y: map.y + 50 }, { x: map.x + 100, y: map.y + 60 })
    await page.mouse.up()
    await waitUntil('moved by the overview', async () => (await w.middleOf(w.node(out))).x !== there.x)
    await page.getByRole('button', { name: 'Fit to window' }).click()

    const inside = ['declare.pipe/argument.to', 'declare.pipe/loki.process.inner']
    await w.still()
    const title = page.locator('.react-flow__node-frame button')
    await title.click()
    await waitUntil('all of the frame', async () => (await w.selected()).toSorted().join() === inside.join())
    await w.goTo(out)
    await title.focus()
    await w.keys('Enter')
    await waitUntil('all of the frame again', async () => (await w.selected()).toSorted().join() === inside.join())
  })
})
