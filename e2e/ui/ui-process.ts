import { readFile } from 'node:fs/promises'
import { WebSocket } from 'ws'
import { ChannelClient } from '../../host/contract/channel-client.ts'
import type { WeirClient } from '../../host/contract/client.ts'
import { socketPath, windowParameter } from '../../host/contract/transport.ts'
import type { HostMessage } from '../../host/contract/transport.ts'
import { onTestFinished } from 'vitest'
import { Child } from '../child.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { bundle } from '../weir-process.ts'

/** A real `weir ui` and its printed address. */
export interface Ui {
  readonly child: Child
  readonly address: string
  readonly storage: string
}

export async function startUi(
  args: readonly string[],
  options: { readonly addr?: string; readonly storage?: string } = {},
): Promise<Ui> {
  const storage = options.storage ?? scratchFolder()
  const flags = ['--addr', options.addr ?? '127.0.0.1:0', '--server.http.listen-addr', '127.0.0.1:0']
  const child = new Child(process.execPath, [bundle, 'ui', ...flags, '--storage.path', storage, ...args])
  const address = (): string => /^Weir is at (http:\S+)$/m.exec(child.stdout)?.[1] ?? ''
  await child.until('an address', () => address() !== '')
  return { child, address: address(), storage }
}

/** The id of the collector process of a `weir ui`. */
export async function collectorPid({ child }: Ui): Promise<number> {
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
  return Number(children.trim().split(' ')[0])
}

/** A window that speaks the real protocol over a real socket, as the page does, let in by the printed address. */
export async function connectWindow({ address }: Ui): Promise<WeirClient> {
  const { origin, host } = new URL(address)
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  let over = false
  const sockets = new Set<WebSocket>()
  onTestFinished(() => {
    over = true
    for (const socket of sockets) socket.terminate()
  })
  return new ChannelClient({
    open(listener) {
      const url = `ws://${host}${socketPath}?${windowParameter}=e2e`
      const socket = new WebSocket(url, { headers: { Cookie: cookie, Origin: origin } })
      sockets.add(socket)
      socket.on('message', (data: Buffer) => listener.message(JSON.parse(data.toString('utf8')) as HostMessage))
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        listener.closed()
      })
      return { send: (message) => socket.send(JSON.stringify(message)) }
    },
    later(ms, action) {
      setTimeout(() => {
        if (!over) action()
      }, ms).unref()
    },
    now: () => Date.now(),
    random: Math.random,
  })
}
