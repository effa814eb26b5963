const classic = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/** Whether a name follows Prometheus' classic grammar for label names. */
export function isLegacyLabelName(name: string): boolean {
  return classic.test(name)
}
