import { useEffect, useEffectEvent, useState } from 'react'
import { WeirError } from '../../../collector-core/weir-error.ts'

/** A question's answer; while a newer one is on its way the old one stays, `asking`. */
export interface Answering<T> {
  readonly asking: boolean
  readonly answer: T | undefined
  readonly failure: WeirError | undefined
}

/** Asks when the key changes; an answer that comes too late for its key is dropped. An undefined key asks nothing. */
export function useAnswer<T>(key: string | undefined, ask: () => Promise<T>): Answering<T> {
  const [state, setState] = useState<Answering<T>>({ asking: key !== undefined, answer: undefined, failure: undefined })
  const question = useEffectEvent(ask)
  useEffect(() => {
    if (key === undefined) return undefined
    let wanted = true
    setState((before) => ({ ...before, asking: true }))
    question().then(
      (answer) => wanted && setState({ asking: false, answer, failure: undefined }),
      (error: unknown) => wanted && setState({ asking: false, answer: undefined, failure: asFailure(error) }),
    )
    return () => {
      wanted = false
    }
  }, [key])
  return state
}

function asFailure(error: unknown): WeirError {
  if (error instanceof WeirError) return error
  return new WeirError('unexpected', error instanceof Error ? error.message : String(error), 'Ask again.')
}
