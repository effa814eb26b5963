import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WeirClient } from '../../host/contract/client.ts'
import { freePort } from '../free-port.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { freeStackPorts } from '../stack/free-ports.ts'
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
  const ports = await freeStackPorts()
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
