import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogRecord } from '../collector-core/telemetry/log-writer.ts'
import { WeirError } from '../collector-core/weir-error.ts'
import { CollectorService } from './collector-service.ts'

const text = (text: string) => () => [{ file: 'unsaved.alloy', text }]
const echo = 'loki.echo "e" { }\n'

let records: LogRecord[] = []
let service: CollectorService

beforeEach(async () => {
  records = []
  service = new CollectorService({
    listen: { host: '127.0.0.1', port: 0 },
    freePortIfTaken: false,
    storagePath: mkdtempSync(join(tmpdir(), 'weir-service-')),
    skipUnsupported: false,
    page: undefined,
    writeLog: (_, record) => records.push(record),
  })
  await service.open()
})
afterEach(() => service.stop())

const ids = () => service.collector.components().map(({ node }) => node.id)
const get = (path: string, method = 'GET') => fetch(`http://${service.address}${path}`, { method })

describe('the collector service', () => {
  it('answers before there is a config, and runs texts that no file holds', async () => {
    expect((await get('/-/ready')).status).toBe(503)
    expect(await service.apply(text(echo))).toMatchObject({ applied: true, text: '' })
    expect(ids()).toEqual(['loki.echo.e'])
    expect((await get('/-/ready')).status).toBe(200)
    await service.apply(text('loki.echo "f" { }'))
    expect(ids()).toEqual(['loki.echo.f'])
  })

  it('names the file the caller gave in diagnostics and keeps what runs', async () => {
    await service.apply(text(echo))
    const refused = await service.apply(text(`${echo}loki.ehco "g" { }`))
    expect(refused.applied).toBe(false)
    expect(refused.text).toContain('Error: unsaved.alloy:2:1: ')
    expect(ids()).toEqual(['loki.echo.e'])
  })

  it('reloads the config that was applied last, not one that was refused', async () => {
    let written = echo
    await service.apply(() => [{ file: 'c.alloy', text: written }])
    await service.apply(text('nonsense {'))
    written += 'loki.echo "h" { }\n'
    expect((await get('/-/reload', 'POST')).status).toBe(200)
    expect(ids()).toEqual(['loki.echo.e', 'loki.echo.h'])
  })

  it('answers a reload with what is wrong, and logs it', async () => {
    expect(await service.reload()).toMatchObject({ applied: false })
    let gone = false
    await service.apply(() => {
      if (gone) throw new WeirError('no-such-config', 'c.alloy does not exist', 'Check the path of the config.')
      return [{ file: 'c.alloy', text: echo }]
    })
    gone = true
    const answer = await get('/-/reload', 'POST')
    expect([answer.status, await answer.text()]).toEqual([
      400,
      'c.alloy does not exist\nCheck the path of the config.\n',
    ])
    expect(records.at(-1)).toMatchObject({ level: 'error', fields: { error: 'c.alloy does not exist' } })
    expect(ids()).toEqual(['loki.echo.e'])
  })
})
