import { weirApi } from '../../host/contract/weir-api.ts'
import type { CallName } from '../../host/contract/weir-api.ts'
import type { FakeAnswers } from './fake.ts'

/** Answers of a host nobody should ask: each call fails the test by name; spread it under those that are expected. */
export const unused = Object.fromEntries(
  Object.keys(weirApi.calls).map((name) => [
    name,
    () => {
      throw new Error(`${name as CallName} was called, and the test did not expect it`)
    },
  ]),
) as unknown as FakeAnswers
