import { expect, test } from 'vitest'

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly optional?: true }>>
}

const module = new URL('../../bin/is-installed.mjs', import.meta.url).href
const { isInstalled } = (await import(module)) as { isInstalled: (lock: LockFile, there: LockFile) => boolean }

const lock: LockFile = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/for-a-mac': { version: '2.0.0', optional: true },
  },
}
const a = { 'node_modules/a': { version: '1.0.0' } }

test.each([
  ['what is named is there, but for another platform', a, true],
  ['one is missing', {}, false],
  ['one is another version', { 'node_modules/a': { version: '1.0.1' } }, false],
  ['one is there that is not named', { ...a, 'node_modules/b': { version: '1.0.0' } }, false],
  ['an optional one is another version', { ...a, 'node_modules/for-a-mac': { version: '1.0.0' } }, false],
])('dependencies when %s', (_, packages, installed) => {
  expect(isInstalled(lock, { packages })).toBe(installed)
})
