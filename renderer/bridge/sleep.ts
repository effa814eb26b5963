/** Waits; rejects with the signal's reason when it fires first. */
export function sleep(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onStop = (): void => {
      clearTimeout(timer)
      reject(stop.reason as Error)
    }
    const timer = setTimeout(() => {
      stop.removeEventListener('abort', onStop)
      resolve()
    }, ms)
    if (stop.aborted) onStop()
    else stop.addEventListener('abort', onStop, { once: true })
  })
}
