// What a page may do with the host: ask by the names of the table, and listen. It gets no channel, no name of one, and no
// way to send anything else.
import { WeirError } from '../collector-core/weir-error.ts'
import { ChannelClient } from '../host/contract/channel-client.ts'
import type { Channel, ChannelListener } from '../host/contract/channel-client.ts'
import type { DesktopBridge } from '../host/contract/desktop-bridge.ts'
import { weirApi } from '../host/contract/weir-api.ts'
import type { CallName, StreamName } from '../host/contract/weir-api.ts'
import type { FrameLine } from './frame-line.ts'

/** The bridge of one page over the shell's channel; frames come on a line of their own. */
export function windowBridge(
  open: (listener: ChannelListener) => Channel,
  frames: FrameLine,
  pathOf: DesktopBridge['pathOf'],
): DesktopBridge {
  const client = new ChannelClient({
    open,
    // The shell and its windows live and die together: there is nothing to connect to again.
    later: () => undefined,
    now: () => Date.now(),
    random: () => 0,
  })
  let version = ''
  client.watchConnection((connection) => {
    if (connection.kind === 'open') version = connection.version
  })
  return {
    // Errors lose what they carry on their way into the page; plain values do not.
    call(name, args) {
      if (!Object.hasOwn(weirApi.calls, name)) return Promise.resolve({ failure: unknownName })
      return client.call(name as CallName, args as never).then(
        (value) => ({ value }),
        (error: unknown) => ({ failure: failureFrom(error) }),
      )
    },
    subscribe(name, args, onEvent, onEnded) {
      if (!Object.hasOwn(weirApi.streams, name)) {
        onEnded(unknownName)
        return () => undefined
      }
      if (name === 'frames') return frames.subscribe(onEvent)
      const ended = (error: WeirError): void => onEnded(failureFrom(error))
      return client.subscribe(name as StreamName, args as never, onEvent, { ended })
    },
    version: () => version,
    pathOf,
  }
}

const unknownName = {
  code: 'unknown-name',
  message: 'The page asked for something Weir does not know.',
  nextStep: 'Start Weir again; if that does not help, install it again.',
}

function failureFrom(error: unknown): typeof unknownName {
  if (!(error instanceof WeirError)) return { ...unknownName, code: 'defect', message: String(error) }
  return { code: error.code, message: error.message, nextStep: error.nextStep }
}
