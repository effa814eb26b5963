/**
 * A failure of the world around Weir that stops what was asked for (a port is taken, a directory cannot be written).
 * `message` says what happened and where, `nextStep` what to do about it.
 */
export class WeirError extends Error {
  override readonly name = 'WeirError'
  readonly code: string
  readonly nextStep: string

  constructor(code: string, message: string, nextStep: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.nextStep = nextStep
  }
}
