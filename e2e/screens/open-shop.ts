import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WeirClient } from '../../host/contract/client.ts'
import { portNames } from '../../host/contract/stack.ts'
import type { StackPorts } from '../../host/contract/stack.ts'
import { freePort } from '../free-port.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { connectWindow, startUi } from '../ui/ui-process.ts'
import type { Ui } from '../ui/ui-process.ts'
import { shopConfig } from './shop-config.ts'

/** A `weir ui` on a config whose three signals flow into the embedded stack. */
export interface Shop {
  readonly ui: Ui
  /** A second window, to ask for what no click does. */
  readonly client: WeirClient
  readonly file: string
}

export interface LookOf {
  readonly theme: 'light' | 'dark'
  readonly language: 'en' | 'ko'
}

/** Starts Weir, its demo and its stack, on ports nobody uses. */
export async function openShop(settings: LookOf): Promise<Shop> {
  const chosen = await Promise.all(portNames.map(async (name) => [name, await freePort()] as const))
  const ports = Object.fromEntries(chosen) as unknown as StackPorts
  const [otlpGrpc, otlpHttp] = [await freePort(), await freePort()]
  const file = join(scratchFolder(), 'shop.alloy')
  writeFileSync(file, shopConfig({ ...ports, otlpGrpc, otlpHttp }))
  const ui = await startUi([file])
  const client = await connectWindow(ui)
  await client.call('saveSettings', settings)
  await client.call('chooseProvider', { provider: 'embedded' })
  await client.call('saveStackSettings', { ports })
  await client.call('startStack', {})
  await client.call('setDemo', { running: true })
  return { ui, client, file }
}
