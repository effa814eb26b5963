// A page with only the canvas on it, 300 nodes and 400 edges, in headless Chromium.
import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
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

/** Builds the page, opens it with numbers at `framesPerSecond`, calls `use` with it, and clears away. */
export async function withCanvasPage({ framesPerSecond }, use) {
  process.env.NODE_ENV = 'production'
  const folder = mkdtempSync(join(tmpdir(), 'weir-canvas-'))
  const output = { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } }
  await build({
    configFile: false,
    logLevel: 'error',
    root: here,
    base: './',
    build: { ...output, target: 'chrome125' },
  })
  const server = await serve(folder)
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    await page.evaluate((settings) => void window.startCanvas(settings), { text: config(), framesPerSecond })
    await page.locator('.react-flow__node').nth(200).waitFor({ timeout: 120_000 })
    await page.locator('.react-flow__edge').nth(200).waitFor({ state: 'attached', timeout: 20_000 })
    const { nodes, edges } = await page.evaluate(() => window.canvas.counts())
    console.log(`${nodes} nodes, ${edges} edges, ${framesPerSecond} frames of numbers per second`)
    await page.waitForTimeout(5_000)
    await use(page, await page.context().newCDPSession(page))
  } finally {
    await browser.close()
    server.close()
    rmSync(folder, { recursive: true })
  }
}
