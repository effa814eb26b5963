// Measures embedded key-value engines with the writes and reads of the embedded backend. The candidates are no
// dependencies of Weir: npm install --ignore-scripts --prefix DIR classic-level lmdb libsql @duckdb/node-api, then
// node bench/embedded/engines.mjs DIR
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [modules, only, role, folder] = process.argv.slice(2)
const require = createRequire(pathToFileURL(join(modules, 'package.json')))
const load = (name) => import(pathToFileURL(require.resolve(name)))

const key = (kind, series, time) => {
  const bytes = Buffer.alloc(13)
  bytes[0] = kind
  bytes.writeUInt32BE(series, 1)
  bytes.writeBigUInt64BE(BigInt(time), 5)
  return bytes
}

const engines = {
  async 'classic-level'(path) {
    const { ClassicLevel } = await load('classic-level')
    const db = new ClassicLevel(path, { keyEncoding: 'buffer', valueEncoding: 'buffer' })
    await db.open()
    return {
      write: (pairs) =>
        db.batch(
          pairs.map(([k, value]) => ({ type: 'put', key: k, value })),
          { sync: true },
        ),
      async range(from, to, limit = 1_000_000) {
        let count = 0
        const iterator = db.iterator({ gte: from, lt: to, limit })
        for (let got = await iterator.nextv(1000); got.length > 0; got = await iterator.nextv(1000)) count += got.length
        await iterator.close()
        return count
      },
      async clear(from, to) {
        await db.clear({ gte: from, lt: to })
        await db.compactRange(from, to)
      },
      close: () => db.close(),
    }
  },
  async lmdb(path) {
    const { open } = await load('lmdb')
    const db = open({ path, keyEncoding: 'binary', encoding: 'binary', compression: true })
    return {
      async write(pairs) {
        let last
        for (const [k, value] of pairs) last = db.put(k, value)
        await last
        await db.flushed
      },
      async range(from, to, limit) {
        let count = 0
        for (const { value } of db.getRange({ start: from, end: to, limit })) count += value.length > 0 ? 1 : 0
        return count
      },
      async clear(from, to) {
        let last
        for (const k of db.getKeys({ start: from, end: to })) last = db.remove(k)
        await last
        await db.flushed
      },
      close: () => db.close(),
    }
  },
  async libsql(path) {
    const { default: Database } = await load('libsql')
    const db = new Database(join(path, 'kv.db'))
    db.exec(
      'pragma journal_mode=wal; pragma synchronous=full; pragma auto_vacuum=incremental; create table if not exists kv (k blob primary key, v blob) without rowid',
    )
    const put = db.prepare('insert or replace into kv values (?, ?)')
    const get = db.prepare('select v from kv where k >= ? and k < ? limit ?')
    const remove = db.prepare('delete from kv where k >= ? and k < ?')
    return {
      async write(pairs) {
        db.exec('begin')
        for (const [k, value] of pairs) put.run(k, value)
        db.exec('commit')
      },
      range: async (from, to, limit = 1_000_000) => get.raw().all(from, to, limit).length,
      async clear(from, to) {
        remove.run(from, to)
        db.exec('pragma incremental_vacuum; pragma wal_checkpoint(truncate)')
      },
      close: async () => db.close(),
    }
  },
  async duckdb(path) {
    const { DuckDBInstance, BLOB, blobValue } = await load('@duckdb/node-api')
    const instance = await DuckDBInstance.create(join(path, 'kv.duckdb'))
    const db = await instance.connect()
    await db.run('create table if not exists kv (k blob, v blob)')
    const put = await db.prepare('insert into kv values ($1, $2)')
    const text = (bytes) => `'${[...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}'::blob`
    return {
      async write(pairs) {
        await db.run('begin')
        for (const [k, value] of pairs) {
          put.bind([blobValue(k), blobValue(value)], [BLOB, BLOB])
          await put.run()
        }
        await db.run('commit')
      },
      async range(from, to, limit = 1_000_000) {
        const read = await db.runAndReadAll(
          `select v from kv where k >= ${text(from)} and k < ${text(to)} order by k limit ${limit}`,
        )
        return read.currentRowCount
      },
      async clear(from, to) {
        await db.run(`delete from kv where k >= ${text(from)} and k < ${text(to)}`)
        await db.run('checkpoint')
      },
      close: async () => db.closeSync(),
    }
  },
}

const sizeOf = (path) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).blocks * 512, 0)

// Like compressed write requests, and like log text.
const noise = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255))
const words = Buffer.from(
  Array.from(
    { length: 4000 },
    (_, i) => `level=info msg="request ${(i * 7919) % 100_003} served" duration=${(i * 31) % 997}ms\n`,
  ).join(''),
)
const noiseOf = (size, i) => noise.subarray((i * 977) % 100_000, ((i * 977) % 100_000) + size)

if (role === 'writer') {
  const engine = await engines[only](folder)
  for (let i = 0; ; i++) {
    await engine.write(Array.from({ length: 20 }, (_, n) => [key(9, i, n), noiseOf(2000, i + n)]))
    process.stdout.write(`${i}\n`)
  }
}

async function killed(name) {
  const path = mkdtempSync(join(tmpdir(), 'engine-'))
  let lost = 0
  let acknowledged = 0
  for (let round = 0; round < 5; round++) {
    rmSync(path, { recursive: true, force: true })
    const into = mkdtempSync(join(tmpdir(), 'engine-'))
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), modules, name, 'writer', into], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    while (!said.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 400 + round * 130))
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    const last = Number(said.trimEnd().split('\n').at(-1))
    acknowledged += last + 1
    const engine = await engines[name](into)
    for (let i = 0; i <= last; i++) lost += (await engine.range(key(9, i, 0), key(9, i, 99))) === 20 ? 0 : 1
    await engine.close()
    rmSync(into, { recursive: true, force: true })
  }
  return `${lost} of ${acknowledged}`
}

async function measure(name) {
  const path = mkdtempSync(join(tmpdir(), 'engine-'))
  const engine = await engines[name](path)
  const row = { engine: name }
  const timed = async (label, work) => {
    const [cpu, at] = [process.cpuUsage(), performance.now()]
    await work()
    const { user, system } = process.cpuUsage(cpu)
    row[label] = `${Math.round((user + system) / 1000)} cpu / ${Math.round(performance.now() - at)} ms`
  }
  await timed('1000 commits of 50 kB', async () => {
    for (let i = 0; i < 1000; i++) await engine.write([[key(1, 0, i), noiseOf(50_000, i)]])
  })
  await timed('60k chunks of 150 B', async () => {
    for (let round = 0; round < 12; round++)
      for (let s = 0; s < 5000; s += 1000)
        await engine.write(Array.from({ length: 1000 }, (_, n) => [key(2, s + n, round), noiseOf(150, s + n + round)]))
  })
  await timed('500 commits of 20 x 8 kB text', async () => {
    for (let i = 0; i < 500; i++)
      await engine.write(Array.from({ length: 20 }, (_, n) => [key(3, n, i), words.subarray(i * 100, i * 100 + 8000)]))
  })
  row['size MB'] = Math.round(sizeOf(path) / 1e6)
  await timed('read 1000 series of 12', async () => {
    for (let s = 0; s < 1000; s++)
      if ((await engine.range(key(2, s * 5, 0), key(2, s * 5, 99))) !== 12) throw new Error('lost')
  })
  await timed('read 60k in one range', async () => {
    if ((await engine.range(key(2, 0, 0), key(3, 0, 0))) !== 60_000) throw new Error('lost')
  })
  await timed('delete the 50 MB', () => engine.clear(key(1, 0, 0), key(2, 0, 0)))
  row['size after MB'] = Math.round(sizeOf(path) / 1e6)
  row['RSS MB'] = Math.round(process.memoryUsage().rss / 1e6)
  await engine.close()
  rmSync(path, { recursive: true, force: true })
  row['acknowledged, lost at kill -9'] = await killed(name)
  console.log(JSON.stringify(row, null, 1))
}

if (only === undefined) {
  for (const name of Object.keys(engines)) {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), modules, name], { stdio: 'inherit' })
    await new Promise((resolve) => child.once('close', resolve))
  }
} else if (role === undefined) await measure(only)
