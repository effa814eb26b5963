import type { Project } from '../../../host/contract/project.ts'

/** What a person has to decide before the session goes on; one at a time. */
export type Question =
  /** Unsaved text of an earlier session was found. */
  | { readonly kind: 'recover'; readonly draft: NonNullable<Project['draft']>; readonly saved: string }
  /** Another program changed lines that were changed here too; `saving` when that was found on saving. */
  | { readonly kind: 'conflict'; readonly theirs: string; readonly version: string; readonly saving: boolean }
  /** Another text is about to take the place of one that is not saved. */
  | { readonly kind: 'unsaved' }
  /** A file is to be named where the system has no dialog of its own. */
  | { readonly kind: 'choose-file'; readonly purpose: 'open' | 'save'; readonly suggested: string | undefined }

export type Answers = {
  readonly recover: 'recover' | 'discard'
  readonly conflict: 'mine' | 'theirs' | 'later'
  readonly unsaved: 'save' | 'discard' | 'cancel'
  readonly 'choose-file': { readonly path: string } | 'cancel'
}

export type Answer<Kind extends Question['kind']> = Answers[Kind]

/** A question with the way to answer it. */
export interface AskedQuestion {
  readonly question: Question
  readonly answer: (answer: Answers[Question['kind']]) => void
}
