import { execFileSync } from 'node:child_process'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'

/** A page of a real browser, and what went wrong on it. */
export interface OpenPage {
  readonly page: Page
  /** Errors of scripts, refusals by the content security policy, requests that failed. */
  readonly complaints: string[]
  /** Paths asked for so far. */
  readonly requests: string[]
  /** Bytes of the files loaded so far, fonts apart. */
  readonly loaded: { bytes: number }
}

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

/** Opens an address in Chromium; closed when the running test ends. */
export async function openPage(url: string): Promise<OpenPage> {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim()
  const browser = await chromium.launch({
    executablePath,
    args: [...quiet, '--disable-component-update', '--disable-sync'],
  })
  onTestFinished(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const opened: OpenPage = { page, complaints: hear(page), requests: [], loaded: { bytes: 0 } }
  page.on('request', (request) => opened.requests.push(new URL(request.url()).pathname))
  page.on('response', async (response) => {
    if (!/\/(index-[^/]*\.(js|css))?$/.test(new URL(response.url()).pathname)) return
    opened.loaded.bytes += (await response.body().catch(() => Buffer.alloc(0))).length
  })
  await page.goto(url)
  return opened
}

/** Writes down what a page complains of from now on. */
export function hear(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  return complaints
}
