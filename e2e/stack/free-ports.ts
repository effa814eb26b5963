import { portNames } from '../../host/contract/stack.ts'
import type { StackPorts } from '../../host/contract/stack.ts'
import { freePort } from '../free-port.ts'

/** A port nobody listens on for everything in a stack. */
export async function freeStackPorts(): Promise<StackPorts> {
  const chosen = await Promise.all(portNames.map(async (name) => [name, await freePort()] as const))
  return Object.fromEntries(chosen) as unknown as StackPorts
}
