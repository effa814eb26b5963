import { WeirError } from '../../../collector-core/weir-error.ts'
import type { Proof } from '../../contract/stack.ts'
import type { Stack } from '../stack.ts'
import { prove } from './prove.ts'
import { readPipeline, wayIn } from './receivers.ts'

/** Proves the stack that runs, through the collector at `host:port` where one runs; the state shows it as it goes. */
export async function proveStack(stack: Stack, collector: string): Promise<Proof> {
  const { endpoints, phase } = stack.state
  if (endpoints === undefined || phase === 'down' || phase === 'failed') {
    throw new WeirError('stack-down', 'no stack runs that could be proven', 'Start it first: `weir stack up`.')
  }
  const running = await readPipeline(collector)
  return prove({
    endpoints,
    way: running && wayIn(running.receivers),
    headers: (name) => stack.headersFor(name),
    onProgress: (proof) => stack.showProof(proof),
  })
}
