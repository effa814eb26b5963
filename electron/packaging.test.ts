import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { DebugLogger } from 'builder-util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..')
const read = (): Record<string, unknown> =>
  parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>

test('the packager accepts the configuration', async () => {
  await validateConfiguration(read(), new DebugLogger(false))
}, 60_000)

test('a misspelt key would be noticed', async () => {
  const misspelt: Record<string, unknown> = { ...read(), electronFuse: {} }
  await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow()
})

test('the fuses close every way around the shell', () => {
  expect(read().electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
})

test('the shell starts from what the build makes, and has its icons', () => {
  const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
  expect(main).toBe('dist/electron/main.mjs')
  for (const icon of ['weir.svg', 'weir.png']) expect(existsSync(join(root, 'assets', 'icons', icon))).toBe(true)
})
