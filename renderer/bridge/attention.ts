/** Whether anybody can see the page. */
export interface Attention {
  /** Settles when the page is visible. */
  visible(): Promise<void>
  /** Fires when the page is hidden; has fired already when it is now. */
  untilHidden(): AbortSignal
}

/** The attention a browser window gets. */
export function windowAttention(document: Pick<Document, 'visibilityState' | 'addEventListener'>): Attention {
  let hidden = new AbortController()
  let waiting: (() => void)[] = []
  const look = (): void => {
    if (document.visibilityState === 'hidden') {
      hidden.abort()
      return
    }
    if (hidden.signal.aborted) hidden = new AbortController()
    for (const tell of waiting) tell()
    waiting = []
  }
  document.addEventListener('visibilitychange', look)
  look()
  return {
    visible: () => (hidden.signal.aborted ? new Promise((resolve) => void waiting.push(resolve)) : Promise.resolve()),
    untilHidden: () => hidden.signal,
  }
}
