import type { z } from 'zod'

/** One question and its answer; `args` is what the host accepts, whoever asks. */
export interface Call<Args extends z.ZodType, Answer> {
  readonly args: Args
  readonly answer?: Answer
}

/** One subscription: events arrive until the window leaves or ends it. */
export interface Stream<Args extends z.ZodType, Event> {
  readonly args: Args
  readonly event?: Event
}

/** `call<Answer>()(args)`: the answer's type is said, the arguments' type is derived. */
export const call = <Answer>() => {
  return <Args extends z.ZodType>(args: Args): Call<Args, Answer> => ({ args })
}

/** `stream<Event>()(args)`, like `call`. */
export const stream = <Event>() => {
  return <Args extends z.ZodType>(args: Args): Stream<Args, Event> => ({ args })
}
