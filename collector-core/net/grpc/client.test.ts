import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { GrpcClient } from './client.ts'

const request = {
  method: '/package.Service/Method',
  message: [],
  metadata: {},
  compression: 'none',
  timeoutMs: 5_000,
} as const

test('a connection that fails is told by its own reason, not as a cancelled call', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const client = new GrpcClient({ target: `127.0.0.1:${port}`, userAgent: 'test' })
  const result = await client.call(request)
  expect(result).toMatchObject({ kind: 'failure', code: 'refused' })
})

test('a server that talks no TLS is told as such', async () => {
  const plain = createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    socket.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => plain.once('listening', resolve))
  const { port } = plain.address() as AddressInfo
  const client = new GrpcClient({ target: `127.0.0.1:${port}`, userAgent: 'test', tls: async () => ({}) })
  const result = await client.call(request)
  expect(result).toMatchObject({ kind: 'failure', code: 'tls' })
  plain.close()
})
