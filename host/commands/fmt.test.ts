import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { fmtCommand } from './fmt.ts'

const untidy = 'loki.echo "e" {\n}\n\n\n\nloki.echo   "f" { }\n'
const tidy = 'loki.echo "e" { }\n\nloki.echo "f" { }\n'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weir-fmt-'))
  file = join(folder, 'config.alloy')
  writeFileSync(file, untidy)
})

describe('weir fmt -w', () => {
  it('puts a new file in the place of the old one, with its mode, and leaves nothing beside it', async () => {
    chmodSync(file, 0o640)
    const before = statSync(file).ino
    expect(await fmtCommand.run(['-w', file])).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe(tidy)
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(statSync(file).ino).not.toBe(before)
    expect(readdirSync(folder)).toEqual(['config.alloy'])
  })

  it('writes through a link and keeps it', async () => {
    const link = join(folder, 'link.alloy')
    symlinkSync('config.alloy', link)
    await fmtCommand.run(['-w', link])
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(tidy)
  })

  it('does not touch a file that is formatted or cannot be read as a config', async () => {
    for (const text of [tidy, 'loki.echo "e" {']) {
      writeFileSync(file, text)
      const before = statSync(file)
      await fmtCommand.run(['-w', file])
      expect([statSync(file).ino, statSync(file).mtimeMs, readFileSync(file, 'utf8')]).toEqual([
        before.ino,
        before.mtimeMs,
        text,
      ])
    }
  })
})
