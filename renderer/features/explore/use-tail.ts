import { useEffect, useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { FoundLine } from '../../../host/contract/explore.ts'

interface Tail {
  /** The newest 2,000, newest first. */
  readonly lines: readonly FoundLine[]
  /** All that came. */
  readonly count: number
  readonly failure: string | undefined
}

const most = 2_000
const nothing: Tail = { lines: [], count: 0, failure: undefined }

/** Lines as they come while there is a query. */
export function useTail(client: WeirClient, query: string | undefined): Tail {
  const [tail, setTail] = useState(nothing)
  useEffect(() => {
    if (query === undefined || query === '') return undefined
    setTail(nothing)
    return client.subscribe(
      'tailLines',
      { query },
      (fresh) =>
        setTail(({ lines, count }) => ({
          lines: [...fresh.toReversed(), ...lines].slice(0, most),
          count: count + fresh.length,
          failure: undefined,
        })),
      { ended: ({ message, nextStep }) => setTail((before) => ({ ...before, failure: `${message}. ${nextStep}` })) },
    )
  }, [client, query])
  return tail
}
