import type { StackState } from '../../contract/stack.ts'
import type { Stack } from '../../stack/stack.ts'
import { sizeWords } from '../../stack/preflight/room-findings.ts'

/** Prints to standard error what an order does: one line that is rewritten on a terminal, changes only elsewhere. */
export function printProgress(stack: Stack): () => void {
  const terminal = process.stderr.isTTY
  let last = ''
  const unsubscribe = stack.subscribe((state) => {
    const line = progressLine(state)
    if (line === '' || line === last) return
    last = line
    process.stderr.write(terminal ? `\r\u001b[K${line.slice(0, process.stderr.columns - 1)}` : `${line}\n`)
  })
  return () => {
    unsubscribe()
    if (terminal && last !== '') process.stderr.write('\r\u001b[K')
  }
}

function progressLine({ doing, pull }: StackState): string {
  if (doing === undefined) return ''
  if (pull === undefined) return doing
  return `${doing}: ${Math.floor(pull.fraction * 100)} %, ${sizeWords(pull.bytesPerSecond)}/s`
}
