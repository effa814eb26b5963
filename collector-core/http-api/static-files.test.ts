import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Collector } from '../runtime/collector.ts'
import type { Environment } from '../runtime/environment.ts'
import { recordingContext } from '../testing/component-context.ts'
import { createRegistry } from '../telemetry/registry.ts'
import { FakeClock } from '../testing/fake-clock.ts'
import { ApiServer } from './server.ts'
import { readStaticFiles } from './static-files.ts'

const secret = 'outside-the-page'
const folder = mkdtempSync(join(tmpdir(), 'weir-page-'))
const root = join(folder, 'renderer')
mkdirSync(join(root, 'assets'), { recursive: true })
writeFileSync(join(folder, 'secret.html'), secret)
writeFileSync(join(folder, 'secret.js'), secret)
writeFileSync(join(root, 'index.html'), '<!doctype html><title>Weir</title>')
writeFileSync(join(root, 'assets', 'index-abc.js'), 'export {}')
writeFileSync(join(root, 'notes.txt'), secret)
symlinkSync(join(folder, 'secret.html'), join(root, 'link.html'))
symlinkSync(folder, join(root, 'up'))

const server = new ApiServer({ host: '127.0.0.1', port: 0 }, { log: recordingContext().log })
const port = (): number => Number(server.address.split(':')[1])

beforeAll(async () => {
  const registry = createRegistry()
  const environment = { clock: new FakeClock(), registry } as unknown as Environment
  const collector = new Collector({ environment, types: new Map(), onConfigBlock: () => undefined })
  const reload = () => Promise.reject(new Error('not in this test'))
  await server.listen({ collector, registry, reload, version: '0', page: readStaticFiles(root) })
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** What the server answers to a request target sent exactly as given. */
function raw(target: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port(), '127.0.0.1', () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nConnection: close\r\n\r\n`)
    })
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}

test('the page and its files are served with their types, strict rules, and hashed files may be kept', async () => {
  const page = await fetch(`http://${server.address}/`)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('cache-control')).toBe('no-store')
  const policy = page.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
  expect(policy).not.toContain('unsafe')
  expect(await page.text()).toContain('<title>Weir</title>')

  const script = await fetch(`http://${server.address}/assets/index-abc.js`)
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script.headers.get('cache-control')).toContain('immutable')
})

test('the page changes nothing: other methods are refused', async () => {
  expect((await fetch(`http://${server.address}/`, { method: 'POST' })).status).toBe(405)
})

test.each([
  '/../secret.html',
  '/..%2fsecret.html',
  '/%2e%2e/secret.html',
  '/%2e%2e%2fsecret.html',
  '/..%5csecret.html',
  '/..\\secret.html',
  '/assets/../../secret.html',
  '/assets/..%2f..%2fsecret.html',
  '/%252e%252e%252fsecret.html',
  '/assets/%00/../../../secret.html',
  '/index.html%00.js',
  '/./../secret.html',
  '/C:/secret.html',
  '/C:%5csecret.html',
  '/file:%2f%2f/secret.html',
  '/%c0%ae%c0%ae/secret.html',
  '/\\:99999999',
  '/\\evil.test/secret.html',
  '/link.html',
  '/up/secret.html',
  '/up/renderer/index.html',
  '/notes.txt',
  '/assets',
  '/assets/',
  '/__proto__',
  '/constructor',
])('%s leads nowhere', async (target) => {
  const answer = await raw(target)
  expect(answer).toMatch(/^HTTP\/1\.1 (404|400|421) /)
  expect(answer).not.toContain(secret)
})

test('no mix of dots, slashes, escapes and names leaves the folder of the page', async () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2F',
    '%5C',
    '%00',
    'up',
    'assets',
    'secret.html',
    'C:',
    ';',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 8 }), async (pieces) => {
      const answer = await raw(`/${pieces.join('')}`)
      expect(answer).not.toContain(secret)
      expect(answer).toMatch(/^HTTP\/1\.1 (200|404|400|421) /)
    }),
    { numRuns: 300 },
  )
})
