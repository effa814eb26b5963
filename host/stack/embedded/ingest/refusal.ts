/** Why a request, or a part of it, is not taken; `status` is the HTTP status that says so. */
export interface Refusal {
  readonly status: 400 | 413 | 415 | 422
  readonly message: string
}

export const refuse = (status: Refusal['status'], message: string): Refusal => ({ status, message })
