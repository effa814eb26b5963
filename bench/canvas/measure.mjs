// How the canvas bears 300 nodes and 400 edges with rates at 4 Hz: frames per second while panning, script time while nothing
// is touched, script time while hidden. Prints one line per number; exits with 1 when one misses its bound.
import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const seconds = Number(process.argv[2] ?? 10)
const mime = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }

/** Chains of scrape, relabels and write, joined here and there: 300 components, 400 connections. */
function config() {
  const blocks = []
  const chains = 50
  for (let chain = 0; chain < chains; chain++) {
    const next = (kind, label) => `prometheus.${kind}.${label}.receiver`
    const across = `c${(chain + 1) % chains}`
    const out = `prometheus.remote_write "c${chain}" {\n  endpoint {\n    url = "http://localhost/${chain}"\n  }\n}`
    const relabel = (step, targets) =>
      `prometheus.relabel "c${chain}_${step}" {\n  forward_to = [${targets.join(', ')}]\n}`
    blocks.push(
      `prometheus.scrape "c${chain}" {\n  targets    = []\n  forward_to = [${next('relabel', `c${chain}_1`)}, ${next('relabel', `c${chain}_2`)}]\n}`,
      relabel(1, [next('relabel', `c${chain}_2`)]),
      relabel(2, [next('relabel', `c${chain}_3`), next('relabel', `c${chain}_4`)]),
      relabel(3, [next('relabel', `c${chain}_4`)]),
      relabel(4, [next('remote_write', `c${chain}`), next('remote_write', across)]),
      out,
    )
  }
  return `${blocks.join('\n\n')}\n`
}

async function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://localhost').pathname)
    const file = join(folder, path === '/' ? 'index.html' : path)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-type', mime[extname(file)] ?? 'application/octet-stream')
    createReadStream(file).pipe(response)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

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

process.env.NODE_ENV = 'production'
const folder = mkdtempSync(join(tmpdir(), 'weir-canvas-'))
const output = { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } }
await build({ configFile: false, logLevel: 'error', root: here, base: './', build: { ...output, target: 'chrome125' } })
const server = await serve(folder)
const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
let failed = false
const report = (name, value, unit, good) => {
  failed ||= !good
  console.log(`${name.padEnd(44)} ${value.toFixed(1).padStart(8)} ${unit}${good ? '' : '   misses its bound'}`)
}
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  await page.evaluate((settings) => void window.startCanvas(settings), { text: config(), framesPerSecond: 4 })
  await page.locator('.react-flow__node').nth(200).waitFor({ timeout: 120_000 })
  const counts = await page.evaluate(() => window.canvas.counts())
  console.log(`${counts.nodes} nodes, ${counts.edges} edges, 4 frames of numbers per second`)
  const sleep = (ms) => page.waitForTimeout(ms)
  await sleep(5_000)
  const session = await page.context().newCDPSession(page)
  // Processor time of the page's main thread, so that other work on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })

  const rest = await scriptShare(session, seconds * 1000, sleep)
  report('scripting at rest, of one core', rest.script, '%', rest.script < 15)
  report('main thread at rest, drawing included', rest.task, '%', true)

  await page.evaluate(() => {
    window.times = []
    const note = (time) => {
      window.times.push(time)
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  await page.mouse.move(720, 30)
  await page.mouse.down()
  const begun = Date.now()
  for (let turn = 0; Date.now() - begun < seconds * 1000; turn++) {
    await page.mouse.move(720 + 300 * Math.sin(turn / 20), 300 + 200 * Math.cos(turn / 20))
  }
  await page.mouse.up()
  const times = await page.evaluate(() => window.times)
  const gaps = times.slice(1).map((time, index) => time - times[index])
  const rate = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0)
  const slowest = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.95)]
  report('frames per second while panning', rate, 'fps', rate > 50)
  report('95th percentile of a frame', slowest, 'ms', true)

  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    window.times = []
  })
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0
  })
  await sleep(1_000)
  const hidden = await scriptShare(session, seconds * 1000, sleep)
  report('scripting while hidden, of one core', hidden.script, '%', hidden.script < 0.5)
} finally {
  await browser.close()
  server.close()
  rmSync(folder, { recursive: true })
}
process.exitCode = failed ? 1 : 0
