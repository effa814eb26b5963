/** The facts about the machine that expressions may ask for. */
export interface EvaluationEnvironment {
  readonly env: (name: string) => string | undefined
  /** A secret that is kept for configs under this name; it goes before an environment variable. */
  readonly secret?: (name: string) => string | undefined
  readonly hostname: string
  /** Go's name: `linux`, `darwin`, `windows`. */
  readonly os: string
  /** Go's name: `amd64`, `arm64`. */
  readonly arch: string
  readonly version: string
  /** What separates the parts of a path; `/` when absent, except that the os `windows` means `\`. */
  readonly pathSeparator?: '/' | '\\'
}
