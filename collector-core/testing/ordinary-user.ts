const nobody = 65534

/** Runs a test step without root's power over permissions, also where the tests themselves run as root. */
export async function asOrdinaryUser<T>(step: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return step()
  process.seteuid?.(nobody)
  try {
    return await step()
  } finally {
    process.seteuid?.(0)
  }
}
