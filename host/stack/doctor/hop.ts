import type { DoctorHop } from '../../contract/stack.ts'

/** One station on the way; `fix` says what to do where it is broken. */
export const hop = (
  name: string,
  signal: DoctorHop['signal'],
  state: DoctorHop['state'],
  words: string,
  fix?: string,
): DoctorHop => ({ name, signal, state, words, fix })
