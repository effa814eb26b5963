// A host with a collector that is told what to do, in a folder of its own.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../collector-core/runtime/clock.ts'
import type { Clock } from '../../collector-core/runtime/clock.ts'
import type { HostMessage } from '../contract/transport.ts'
import type { WindowMessage } from '../contract/window-message.ts'
import { noSecretStore } from '../handlers/secrets.ts'
import { Session } from '../session/session.ts'
import { WeirHost } from '../weir-host.ts'
import type { WeirHostOptions } from '../weir-host.ts'
import { fakeCollectors } from './fake-collector.ts'

export interface TestHost {
  readonly host: WeirHost
  readonly collectors: ReturnType<typeof fakeCollectors>
  readonly folder: string
}

export function testHost(options: Partial<WeirHostOptions> & { readonly clock?: Clock } = {}): TestHost {
  const collectors = fakeCollectors()
  const folder = mkdtempSync(join(tmpdir(), 'weir-host-'))
  const host = new WeirHost({
    clock: systemClock,
    random: () => 0.5,
    launch: collectors.launch,
    storagePath: folder,
    collectorAddress: '127.0.0.1:0',
    demoPort: 0,
    file: undefined,
    exampleText: '// example\n',
    secrets: noSecretStore(),
    chooseFile: () => Promise.resolve(undefined),
    ...options,
  })
  return { host, collectors, folder }
}

/** A window that speaks the protocol by hand. */
export class TestWindow {
  readonly heard: HostMessage[] = []
  readonly defects: unknown[] = []
  readonly session: Session
  private lastId = 0
  private waiting: (() => void)[] = []

  constructor(host: Pick<WeirHost, 'handlers'>, window = 'w') {
    this.session = new Session({
      handlers: host.handlers,
      asker: { window },
      version: '1',
      send: (message) => {
        this.heard.push(message)
        for (const tell of this.waiting.splice(0)) tell()
      },
      report: (_, error) => this.defects.push(error),
    })
    this.session.begin()
  }

  /** Sends a call and gives its answer or failure. */
  async call(name: string, args: unknown = {}): Promise<Extract<HostMessage, { kind: 'answer' | 'failure' }>> {
    const id = ++this.lastId
    this.send({ kind: 'call', id, name, args })
    for (;;) {
      for (const message of this.heard) {
        if ((message.kind === 'answer' || message.kind === 'failure') && message.id === id) return message
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
  }

  subscribe(name: string, args: unknown = {}): number {
    const id = ++this.lastId
    this.send({ kind: 'subscribe', id, name, args })
    return id
  }

  send(message: WindowMessage): void {
    this.session.hear(message)
  }

  events(id: number): unknown[] {
    return this.heard.flatMap((message) => (message.kind === 'event' && message.id === id ? [message.value] : []))
  }
}
