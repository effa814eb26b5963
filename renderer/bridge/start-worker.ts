/** What browsers with Trusted Types offer; others take addresses as they are. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): string
  }
}

/** The one policy the page's security policy lets be made: scripts of workers come from the page's own server. */
const policy = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('weir-worker', {
  createScriptURL(address) {
    if (new URL(address, location.href).origin === location.origin) return address
    throw new TypeError(`a worker may not come from ${address}`)
  },
})

/** Starts a worker from a file that was built with the page. */
export function startWorker(file: string): Worker {
  return new Worker(policy?.createScriptURL(file) ?? file)
}
