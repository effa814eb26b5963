/** A config as text; `file` is what its diagnostics call it. */
export interface ConfigText {
  readonly file: string
  readonly text: string
}

/** Which text a collector is to start with: the one that ran, until then the one offered. */
export class ConfigToRun {
  private offered: ConfigText | undefined
  private ranLast: ConfigText | undefined

  get applied(): ConfigText | undefined {
    return this.ranLast
  }

  get toStartWith(): ConfigText | undefined {
    return this.ranLast ?? this.offered
  }

  offer(config: ConfigText): void {
    this.offered = config
  }

  ran(config: ConfigText): void {
    this.ranLast = config
  }
}
