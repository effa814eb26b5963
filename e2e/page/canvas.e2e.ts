// The config of the seed on the canvas of `weir ui`, in a real browser: the text changes by what a gesture is about, and by
// nothing else. The gestures one by one are in gestures-canvas.e2e.ts.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { describeWith } from '../required.ts'
import { openWindow } from './open-window.ts'

const seed = readFileSync(new URL('../../assets/examples/seed.alloy', import.meta.url), 'utf8')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describeWith(['chromium'], 'the canvas in Chromium', () => {
  test('a component is put into an edge of the seed with the mouse, and taken out again by undo', async () => {
    const w = await openWindow(seed)
    const { x, y } = await w.pointOn('prometheus.scrape.spring_boot', 'prometheus.remote_write.mimir')
    await w.page.mouse.move(x, y)
    await w.page.getByRole('button', { name: 'Insert a component here' }).click()
    await w.choose('Insert into this edge', 'prometheus.relabel')
    await w.node('prometheus.relabel.default').waitFor()
    const relabel = 'prometheus.relabel "default" {\n  forward_to = [prometheus.remote_write.mimir.receiver]\n}\n'
    await w.saves(
      seed
        .replace('[prometheus.remote_write.mimir.receiver]', '[prometheus.relabel.default.receiver]')
        .replace('prometheus.remote_write "mimir" {', `${relabel}\nprometheus.remote_write "mimir" {`),
    )
    await w.undo()
    await w.node('prometheus.relabel.default').waitFor({ state: 'detached' })
    await w.saves(seed)
    expect(w.complaints).toEqual([])
  })

  test('a wire that does not fit is translated, and what is drawn can be found by assistive technology', async () => {
    const w = await openWindow(seed)
    await w.drag(
      await w.middleOf(w.port('otelcol.receiver.otlp.default', 'out:otlp/metrics')),
      await w.middleOf(w.node('prometheus.remote_write.mimir')),
    )
    await w.page.getByText('This gives OTLP data, but that takes Prometheus metrics.').waitFor()
    await w.page.mouse.up()
    await w.choose('Connect through', 'otelcol.exporter.prometheus')
    await w.node('otelcol.exporter.prometheus.default').waitFor()
    await w.undo()
    await w.saves(seed)
    await w.page.getByRole('group', { name: 'loki.write default' }).waitFor()
    await w.page.evaluate(axe)
    const violations = await w.page.evaluate(
      'axe.run("main").then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))',
    )
    expect(violations).toEqual([])
  })
})
