// How the canvas bears 300 nodes and 400 edges with rates at 4 Hz: frames per second while panning, script time while nothing
// is touched, script time while hidden. Prints one line per number; exits with 1 when one misses its bound.
// Usage: node bench/canvas/measure.mjs [SECONDS]
import { withCanvasPage } from './canvas-page.mjs'

const seconds = Number(process.argv[2] ?? 10)

async function scriptShare(session, ms, sleep) {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
  }
  const before = await read()
  const begun = performance.now()
  await sleep(ms)
  const after = await read()
  const elapsed = (performance.now() - begun) / 1000
  const share = (name) => (100 * (after[name] - before[name])) / elapsed
  return { script: share('ScriptDuration'), task: share('TaskDuration') }
}

let failed = false
const report = (name, value, unit, good) => {
  failed ||= !good
  console.log(`${name.padEnd(44)} ${value.toFixed(1).padStart(8)} ${unit}${good ? '' : '   misses its bound'}`)
}

await withCanvasPage({ framesPerSecond: 4 }, async (page, session) => {
  const sleep = (ms) => page.waitForTimeout(ms)
  // Processor time of the page's main thread, so that other work on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })

  const rest = await scriptShare(session, seconds * 1000, sleep)
  report('scripting at rest, of one core', rest.script, '%', rest.script < 15)
  report('main thread at rest, drawing included', rest.task, '%', true)

  await page.evaluate(() => {
    const note = (time) => {
      window.times?.push(time)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  const panning = async (what, bound) => {
    await page.mouse.move(720, 30)
    await page.mouse.down()
    await page.evaluate(() => void (window.times = []))
    const begun = Date.now()
    for (let turn = 0; Date.now() - begun < seconds * 1000; turn++) {
      await page.mouse.move(720 + 300 * Math.sin(turn / 20), 300 + 200 * Math.cos(turn / 20))
    }
    const times = await page.evaluate(() => window.times)
    await page.mouse.up()
    const gaps = times.slice(1).map((time, index) => time - times[index])
    const rate = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0)
    const slowest = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.95)]
    report(`panning ${what}`, rate, 'frames per second', rate > bound)
    report('  95th percentile of a frame', slowest, 'ms', true)
  }
  const zoom = async (by) => {
    await page.mouse.move(820, 400)
    await page.mouse.wheel(0, -by)
    await sleep(1_000)
  }
  await panning('over all of it', 50)
  await zoom(900)
  await panning('where names can be read', 50)
  await zoom(600)
  await panning('where rates can be read', 50)

  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0
  })
  await sleep(1_000)
  const hidden = await scriptShare(session, seconds * 1000, sleep)
  report('scripting while hidden, of one core', hidden.script, '%', hidden.script < 0.5)
})
process.exitCode = failed ? 1 : 0
