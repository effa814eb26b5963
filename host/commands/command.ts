/** A subcommand of `weir`; `run` gets the words behind its name and returns the exit code. */
export interface Command {
  readonly name: string
  readonly alias?: string
  readonly summary: string
  /** Left out of the list of commands. */
  readonly hidden?: boolean
  readonly help: string
  run(args: readonly string[]): Promise<number>
}
