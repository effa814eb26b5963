import type { Stack } from '../../stack/stack.ts'
import { proveStack } from '../../stack/proof/prove-stack.ts'
import type { StackFlags } from './flags.ts'
import { proofText } from './print-state.ts'

/** Runs the proof and prints its ticks; exit code 0 when none failed. */
export async function printProof(stack: Stack, { json, collector }: StackFlags): Promise<number> {
  const proof = await proveStack(stack, collector)
  process.stdout.write(`${json ? JSON.stringify(proof, undefined, 2) : proofText(proof)}\n`)
  return proof.ticks.some(({ state }) => state === 'failed') ? 1 : 0
}
