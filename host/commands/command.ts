/** A subcommand of `weir`; `run` gets the words behind its name and returns the exit code. */
export interface Command {
  readonly help: string
  run(args: readonly string[]): Promise<number>
}
