// In the desktop's window: the host behind the preload script.
import { WeirError } from '../../collector-core/weir-error.ts'
import type { HostConnection, WeirClient } from '../../host/contract/client.ts'
import type { DesktopBridge } from '../../host/contract/desktop-bridge.ts'
import type { Failure } from '../../host/contract/transport.ts'

/** The host of this desktop window; it comes and goes with the window. */
export function desktopClient(bridge: DesktopBridge): WeirClient {
  const watchers = new Set<(connection: HostConnection) => void>()
  let connection: HostConnection = { kind: 'connecting' }
  void bridge.call('settings', {}).then(() => {
    connection = { kind: 'open', version: bridge.version() }
    for (const watcher of [...watchers]) watcher(connection)
  })
  return {
    async call(name, args) {
      const { value, failure } = await bridge.call(name, args)
      if (failure !== undefined) throw errorOf(failure)
      return value as never
    },
    subscribe: (name, args, onEvent, moments) =>
      bridge.subscribe(
        name,
        args,
        (event) => onEvent(event as never),
        (failure) => moments?.ended?.(errorOf(failure)),
      ),
    watchConnection(onChange) {
      const watcher = (now: HostConnection): void => onChange(now)
      watchers.add(watcher)
      watcher(connection)
      return () => void watchers.delete(watcher)
    },
  }
}

function errorOf({ code, message, nextStep }: Failure): WeirError {
  return new WeirError(code, message, nextStep)
}
