// The package as electron-builder makes it, around a stand-in for Electron's program, which no installer test needs.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scratchFolder } from '../scratch-folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(import.meta.url)
const { version } = require('electron/package.json') as { version: string }

/** Stands in Electron's program before its fuses: their format's version, their number, and a character for each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** The fuses in the order of their characters; `@electron/fuses` names them. */
const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const

export interface StubPackage {
  readonly folder: string
  readonly archive: string
  /** Whether each fuse is on; of those the configuration does not name, as the stand-in had them. */
  readonly fuses: Readonly<Record<string, boolean>>
}

/** Packages what is built in `dist/` for Linux, unpacked; `fuses` says whether those of the stand-in are all on or all off. */
export function packageWithStub({ fuses }: { readonly fuses: boolean }): StubPackage {
  const scratch = scratchFolder()
  const output = join(scratch, 'out')
  const ran = spawnSync(
    process.execPath,
    [
      require.resolve('electron-builder/cli.js'),
      ...['--linux', 'dir', '--publish', 'never'],
      `-c.electronDist=${standIn(join(scratch, 'electron'), fuses)}`,
      `-c.directories.output=${output}`,
    ],
    { cwd: root, encoding: 'utf8' },
  )
  if (ran.status !== 0) throw new Error(`electron-builder failed\n${ran.stdout}${ran.stderr}`)
  const folder = join(output, 'linux-unpacked')
  return { folder, archive: join(folder, 'resources', 'app.asar'), fuses: fusesOf(join(folder, 'weir')) }
}

function standIn(folder: string, fuses: boolean): string {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  const program = join(folder, 'electron')
  const states = Buffer.from((fuses ? '1' : '0').repeat(fuseNames.length))
  writeFileSync(
    program,
    Buffer.concat([Buffer.from(`#!/bin/sh\n${sentinel}`), Buffer.from([1, states.length]), states]),
  )
  chmodSync(program, 0o755)
  writeFileSync(join(folder, 'version'), version)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), '')
  return folder
}

function fusesOf(program: string): Readonly<Record<string, boolean>> {
  const bytes = readFileSync(program)
  const at = bytes.indexOf(sentinel) + sentinel.length + 2
  return Object.fromEntries(fuseNames.map((name, index) => [name, bytes[at + index] === '1'.charCodeAt(0)]))
}
