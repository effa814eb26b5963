import { useEffect, useState } from 'react'
import { useAnswer } from './use-answer.ts'
import type { Answering } from './use-answer.ts'

const askAgainMs = 2_000
const mostQuestions = 30

/** `waiting` until what was asked for is there, or has been asked for often enough. */
export interface Arriving<T> extends Answering<T> {
  readonly waiting: boolean
}

/** What was just sent is often stored some seconds later: asks every two seconds, for a minute, until it is there. */
export function useArrival<T>(
  key: string | undefined,
  ask: () => Promise<T>,
  isThere: (answer: T) => boolean,
): Arriving<T> {
  const [asked, setAsked] = useState({ key, times: 1 })
  const times = asked.key === key ? asked.times : 1
  const found = useAnswer(key === undefined ? undefined : `${times} ${key}`, ask)
  const { asking, answer, failure } = found
  const there = answer !== undefined && isThere(answer)
  const waiting = key !== undefined && !there && failure === undefined && times < mostQuestions
  useEffect(() => {
    if (!waiting || asking) return undefined
    const timer = setTimeout(() => setAsked({ key, times: times + 1 }), askAgainMs)
    return () => clearTimeout(timer)
  }, [waiting, asking, key, times])
  return { ...found, waiting }
}
