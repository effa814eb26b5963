import http from 'node:http'
import net from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WeirError } from '../weir-error.ts'
import { Loopback } from './loopback.ts'
import { portHolder } from './port-holder.ts'
import { createBoundedServer, listen, parseListenAddress } from './server.ts'
import type { BoundedServerOptions, Listening } from './server.ts'

const loopback = new Loopback()
afterEach(() => loopback.close())

const local = { host: '127.0.0.1', port: 0 }

async function started(
  options: BoundedServerOptions = {},
  handler: http.RequestListener = (_, response) => response.end('hi'),
) {
  const listening = await listen(createBoundedServer(handler, options), local)
  if (listening instanceof WeirError) throw listening
  loopback.after(() => void listening.close(0))
  return listening
}

/** Sends raw text and gives all that comes back until the server ends the connection. */
function raw(port: number, text: string, after?: (socket: net.Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    let received = ''
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.write(text)
      after?.(socket)
    })
    socket.on('data', (data) => (received += data.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(received))
    loopback.after(() => socket.destroy())
  })
}

describe('parseListenAddress', () => {
  it.each<[string, unknown]>([
    ['127.0.0.1:0', { host: '127.0.0.1', port: 0 }],
    ['localhost:4318', { host: 'localhost', port: 4318 }],
    [':80', { host: '', port: 80 }],
    ['[::1]:65535', { host: '::1', port: 65535 }],
    ['::1:80', undefined],
    ['a:65536', undefined],
    ['a', undefined],
    ['a:', undefined],
    ['a:x', undefined],
    ['', undefined],
    ['http://a:1', undefined],
    ['a b:1', undefined],
  ])('%s', (text, expected) => expect(parseListenAddress(text)).toEqual(expected))
})

describe('listen', () => {
  it('picks a free port for 0 and answers', async () => {
    const { port } = await started()
    expect(port).toBeGreaterThan(0)
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hi')
  })

  it('says who holds a port that is taken', async () => {
    const { port } = await started()
    const error = await listen(net.createServer(), { ...local, port })
    expect(error).toBeInstanceOf(WeirError)
    const expected = process.platform === 'linux' ? `(pid ${process.pid})` : 'in use by'
    expect(error).toMatchObject({ code: 'port_in_use', message: expect.stringContaining(expected) as string })
    const unknown = await listen(net.createServer(), { ...local, port }, () => Promise.resolve(undefined))
    expect(unknown).toMatchObject({
      message: `cannot listen on 127.0.0.1:${port}: the port is in use by another process`,
    })
  })

  it('says when the address is not ours', async () => {
    expect(await listen(net.createServer(), { host: '203.0.113.7', port: 0 })).toMatchObject({
      code: 'address_unavailable',
    })
  })

  it('lets running requests finish on close, but not for ever', async () => {
    const finish: http.ServerResponse[] = []
    const listening: Listening = await started({}, (_, response) => void finish.push(response))
    const url = `http://127.0.0.1:${listening.port}/`
    const polite = fetch(url).then((response) => response.text())
    while (finish.length < 1) await new Promise((resolve) => setTimeout(resolve, 5))
    const closing = listening.close(5000)
    finish[0].end('done')
    expect(await polite).toBe('done')
    const waited = performance.now()
    await closing
    expect(performance.now() - waited).toBeLessThan(1000)
    const stuck = await started({}, () => undefined)
    const hanging = raw(stuck.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await new Promise((resolve) => setTimeout(resolve, 30))
    await stuck.close(50)
    expect(await hanging).toBe('')
  })
})

describe('limits', () => {
  it('refuses heads that are too large, too slow, or not HTTP', async () => {
    const { port } = await started({ limits: { headMs: 150 } })
    expect(await raw(port, `GET / HTTP/1.1\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/)
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost')).toMatch(/^HTTP\/1.1 408/)
    expect(await raw(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400/)
    expect(await raw(port, 'POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400/,
    )
  })

  it('ends bodies that never come and connections that never speak', async () => {
    const { port } = await started({ limits: { headMs: 100, requestMs: 200, idleMs: 150 } }, (request, response) => {
      request.on('data', () => undefined)
      request.on('end', () => response.end())
    })
    expect(await raw(port, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n')).toMatch(/^(HTTP\/1.1 408|$)/)
    expect(await raw(port, '')).toMatch(/^(HTTP\/1.1 408|$)/)
  })

  it('caps connections, in all and per address, and counts what it turned away', async () => {
    const refused: string[] = []
    const onRefused = (reason: string): void => void refused.push(reason)
    const hold = async (options: BoundedServerOptions): Promise<number> => {
      const { port } = await started({ onRefused, ...options })
      const open = Array.from({ length: 6 }, () => {
        const socket = net.connect(port, '127.0.0.1')
        socket.on('error', () => undefined)
        loopback.after(() => socket.destroy())
        return socket
      })
      await new Promise((resolve) => setTimeout(resolve, 150))
      return open.filter((socket) => !socket.destroyed && socket.readyState === 'open').length
    }
    expect(await hold({ limits: { connections: 4 } })).toBe(4)
    expect(await hold({ limits: { connectionsPerAddress: 3 } })).toBe(3)
    expect(refused.sort()).toEqual(
      [...Array<string>(2).fill('too_many_connections'), ...Array<string>(3).fill('too_many_from_address')].sort(),
    )
  })
})

describe('portHolder', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:10E6 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 100 0 0 10 0
   1: 0100007F:10E6 0100007F:A000 01 00000000:00000000 00:00000000 00000000  1000        0 9999 1 0 100 0 0 10 0
   2: torn line`
  const files: Record<string, string> = { '/proc/net/tcp': table, '/proc/77/comm': 'alloy\n' }
  const lists: Record<string, string[]> = { '/proc': ['self', '1', '77'], '/proc/77/fd': ['0', '9'] }
  const links: Record<string, string> = { '/proc/77/fd/0': '/dev/null', '/proc/77/fd/9': 'socket:[4242]' }
  const from =
    <T>(source: Record<string, T>) =>
    (path: string): Promise<T> =>
      path in source ? Promise.resolve(source[path]) : Promise.reject(new Error('EACCES'))
  const proc = { read: from(files), list: from(lists), link: from(links) }

  it('finds the listener, not those connected, past what may not be read', async () => {
    expect(await portHolder(4326, proc)).toEqual({ pid: 77, command: 'alloy' })
    expect(await portHolder(4327, proc)).toBeUndefined()
  })

  it('stays silent where there is no /proc', async () => {
    const none = (): Promise<never> => Promise.reject(new Error('ENOENT'))
    expect(await portHolder(80, { read: none, list: none, link: none })).toBeUndefined()
  })
})
