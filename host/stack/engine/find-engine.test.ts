import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { asOrdinaryUser } from '../../../collector-core/testing/ordinary-user.ts'
import { findEngine, thisMachine } from './find-engine.ts'
import { knownPlaces } from './engine-places.ts'
import type { SearchedMachine } from './engine-places.ts'

describe('looking for an engine', () => {
  let home: string
  let servers: Server[]

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'weir-home-'))
    chmodSync(home, 0o755)
    servers = []
  })
  afterEach(() => {
    for (const server of servers) server.close()
    rmSync(home, { recursive: true, force: true })
  })

  const machine = (env: Record<string, string> = {}): SearchedMachine => ({
    ...thisMachine,
    platform: 'linux',
    env: { XDG_RUNTIME_DIR: join(home, 'run'), ...env },
    home,
    uid: 1000,
  })
  const find = (env: Record<string, string> = {}, setting?: string) =>
    findEngine({ setting, userAgent: 'test', timeoutMs: 1000 }, machine(env))

  /** Answers like an engine of that API version on a socket. */
  async function engineAt(path: string, { api = '1.41', info = {} } = {}): Promise<string> {
    mkdirSync(join(path, '..'), { recursive: true })
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('content-type', 'application/json')
      const version = { Version: '20.10.24', ApiVersion: api, MinAPIVersion: '1.12' }
      response.end(JSON.stringify(request.url?.endsWith('/version') ? version : { OSType: 'linux', ...info }))
    })
    await new Promise<void>((resolve) => server.listen(path, resolve))
    servers.push(server)
    return `unix://${path}`
  }

  test('an explicit setting goes before DOCKER_HOST, and a failure there is not passed over', async () => {
    const host = await engineAt(join(home, 'set.sock'))
    const { search, connection } = await find({ DOCKER_HOST: 'unix:///nowhere.sock' }, host)
    expect(search.answered).toMatchObject({ host, source: 'setting', version: '20.10.24', apiVersion: '1.41' })
    expect(connection?.host).toBe(host)
    const failed = await find({ DOCKER_HOST: host }, 'unix:///nowhere.sock')
    expect(failed.search.answered).toBeUndefined()
    expect(failed.search.problem).toMatchObject({
      code: 'engine-down',
      message: 'no Docker engine at unix:///nowhere.sock',
    })
    expect(failed.search.tried).toHaveLength(1)
  })

  test('the current context is found by the hash of its name', async () => {
    const host = await engineAt(join(home, 'colima.sock'))
    const hash = createHash('sha256').update('colima').digest('hex')
    const meta = join(home, '.docker', 'contexts', 'meta', hash)
    mkdirSync(meta, { recursive: true })
    writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: 'colima', Endpoints: { docker: { Host: host } } }))
    writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ currentContext: 'colima' }))
    expect((await find()).search.answered).toMatchObject({ host, source: 'context colima' })
    const other = await find({ DOCKER_CONTEXT: 'gone' })
    expect(other.search.tried[0]).toMatchObject({ source: 'context gone', outcome: 'failed' })
  })

  test('known sockets are tried in order, and what was tried is told', async () => {
    const host = await engineAt(join(home, '.rd', 'docker.sock'), { info: { OperatingSystem: 'Rancher Desktop WSL' } })
    const { search } = await find()
    expect(search.answered).toMatchObject({ host, product: 'Rancher Desktop' })
    const at = search.tried.findIndex(({ outcome }) => outcome === 'answered')
    expect(at).toBeGreaterThan(1)
    expect(search.tried.slice(0, at).every(({ outcome }) => outcome !== 'answered')).toBe(true)
  })

  test('a socket this user may not use is said to be that', async () => {
    const path = join(home, 'closed.sock')
    await engineAt(path)
    chmodSync(path, 0o600)
    const { search } = await asOrdinaryUser(() => find({}, `unix://${path}`))
    expect(search.problem).toMatchObject({ code: 'engine-denied' })
    expect(search.problem?.nextStep).toContain('group `docker`')
  })

  test('a newer engine is spoken to in the newest version Weir knows, Windows containers are refused', async () => {
    const newest = await engineAt(join(home, 'new.sock'), { api: '1.55' })
    expect((await find({}, newest)).search.answered?.apiVersion).toBe('1.47')
    const windows = await engineAt(join(home, 'windows.sock'), { info: { OSType: 'windows' } })
    expect((await find({}, windows)).search.problem).toMatchObject({ code: 'windows-containers' })
  })

  test('an engine that does not answer is given up in time; one over SSH is explained', async () => {
    const path = join(home, 'silent.sock')
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => server.listen(path, resolve))
    servers.push(server)
    expect((await find({}, `unix://${path}`)).search.problem).toMatchObject({ code: 'engine-silent' })
    server.closeAllConnections()
    expect((await find({}, 'ssh://host')).search.problem).toMatchObject({ code: 'engine-ssh' })
  })

  test('every product has its place', () => {
    const list = (path: string): readonly string[] => (path.endsWith('.colima') ? ['default', '_lima'] : [])
    const sources = (platform: NodeJS.Platform): string[] =>
      knownPlaces({ ...machine(), platform, list }).map(({ source }) => source)
    expect(sources('linux')).toEqual(
      expect.arrayContaining([
        'Docker Engine',
        'rootless Docker',
        'Docker Desktop',
        'Colima default',
        'Rancher Desktop',
        'rootless Podman',
        'Podman',
      ]),
    )
    expect(sources('darwin')).toEqual(
      expect.arrayContaining(['Docker Desktop', 'OrbStack', 'Colima default', 'Podman machine']),
    )
    expect(sources('win32')).toEqual(['Docker Desktop', 'Docker Desktop', 'Podman machine'])
  })
})
