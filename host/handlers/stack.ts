import type { stackCalls, stackStreams } from '../contract/stack-api.ts'
import type { BackendLogLine, RemoteEndpoint } from '../contract/stack.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { newestOnly } from '../session/handlers.ts'
import type { EventSink, Topic } from '../session/handlers.ts'
import { connectYourApp } from '../stack/connect/connect-your-app.ts'
import { pointConfig } from '../stack/connect/point-config.ts'
import { examineStack } from '../stack/doctor/examine-stack.ts'
import { findEngine } from '../stack/engine/find-engine.ts'
import { exportStack } from '../stack/export/export-stack.ts'
import { proveStack } from '../stack/proof/prove-stack.ts'
import { testRemote } from '../stack/remote/test-remote.ts'
import type { ReadSecret } from '../stack/remote/remote-access.ts'
import type { Stack } from '../stack/stack.ts'

export interface StackTopicOptions {
  /** Opened on first use: looking for an engine takes a moment. */
  readonly stack: () => Promise<Stack>
  /** `host:port` of the running collector. */
  readonly collector: () => string
  readonly secret: ReadSecret
  readonly userAgent: string
}

const mostWaitingLines = 2000

/** The local stack, seen and ordered about. */
export function stackTopic({
  stack: open,
  collector,
  secret,
  userAgent,
}: StackTopicOptions): Topic<keyof typeof stackCalls, keyof typeof stackStreams> {
  return {
    calls: {
      preflight: async () => (await open()).preflight(),
      startStack: async () => (await open()).start(),
      async cancelStack() {
        const stack = await open()
        stack.cancel()
        return null
      },
      stopStack: async () => (await open()).stop(),
      restartBackend: async ({ backend }) => (await open()).restart(backend),
      resetBackend: async ({ backend }) => (await open()).reset(backend),
      upgradeStack: async () => (await open()).upgrade(),
      uninstallStack: async ({ images }) => (await open()).uninstall(images),
      importImages: async ({ path }) => (await open()).importImages(path),
      chooseProvider: async (choice) => (await open()).change(choice),
      async saveStackSettings(change) {
        const stack = await open()
        const answer = await stack.change(change)
        if (answer.kind === 'done') return stack.state
        const { code, message, nextStep } = answer.kind === 'failed' ? answer.problem : cancelled
        throw new WeirError(code, message, nextStep)
      },
      async saveRemote(remote) {
        const stack = await open()
        await stack.saveRemote(remoteOf(remote))
        return stack.state
      },
      async deleteRemote({ name }) {
        const stack = await open()
        await stack.deleteRemote(name)
        return stack.state
      },
      testRemote: (remote) => testRemote(remoteOf(remote), secret),
      runProof: async () => proveStack(await open(), collector()),
      doctor: async ({ service }) => examineStack(await open(), collector(), service),
      async connectYourApp() {
        const { settings } = (await open()).state
        return connectYourApp(collector(), () => findEngine({ setting: settings.dockerHost, userAgent }))
      },
      async pointConfigAtStack({ text }) {
        const { endpoints } = (await open()).state
        if (endpoints === undefined) throw noEndpoints()
        return pointConfig(text, endpoints)
      },
      exportStack: async ({ format, folder, text }) => exportStack(format, folder, text, (await open()).state.settings),
    },
    streams: {
      stackState: {
        begin(_, sink) {
          return later(open, sink, (stack) => stack.subscribe((state) => sink.send(state)))
        },
        merge: newestOnly,
      },
      backendLogs: {
        begin({ backend }, sink) {
          const stop = new AbortController()
          const send = (lines: readonly BackendLogLine[]): void => sink.send(lines)
          later(open, sink, (stack) => {
            stack.followLogs(backend, send, stop.signal).catch((error: unknown) => endWith(sink, error))
            return () => undefined
          })
          return () => stop.abort()
        },
        merge: (waiting, next) => [[...waiting.flat(), ...next].slice(-mostWaitingLines)],
      },
    },
  }
}

const cancelled = { code: 'cancelled', message: 'the order was cancelled', nextStep: 'Try again.' }

function remoteOf(given: Partial<RemoteEndpoint> & Pick<RemoteEndpoint, 'name' | 'url'>): RemoteEndpoint {
  const { name, url, writeUrl, tenant, username, secret } = given
  return { name, url, writeUrl, tenant, username, secret }
}

function noEndpoints(): WeirError {
  return new WeirError(
    'no-endpoints',
    'the stack has no endpoints yet',
    'Fill in the addresses of Loki, Tempo and Mimir.',
  )
}

/** Begins once the stack is open, unless the window has left meanwhile. */
function later<Event>(
  open: () => Promise<Stack>,
  sink: EventSink<Event>,
  begin: (stack: Stack) => () => void,
): () => void {
  let left = false
  let end: (() => void) | undefined
  open().then(
    (stack) => {
      if (!left) end = begin(stack)
    },
    (error: unknown) => endWith(sink, error),
  )
  return () => {
    left = true
    end?.()
  }
}

function endWith<Event>(sink: EventSink<Event>, error: unknown): void {
  if (error instanceof WeirError) sink.end(error)
  else throw error
}
