// Where the window is, as the fragment of its address: `#/live/prometheus.scrape.own`. So a place can be kept, sent and
// linked to.

export interface Place<View extends string = string> {
  readonly view: View
  /** In the pipeline and the numbers the selected component, in the stack the section. */
  readonly at: string | undefined
}

/** Undefined for a fragment that has not the form of a place; there need be no view of that name. */
export function readPlace(fragment: string): Place | undefined {
  const found = /^#\/([a-z]+)(?:\/(.+))?$/.exec(fragment)
  const [view, at] = [found?.[1], found?.[2]]
  return view === undefined ? undefined : { view, at: at === undefined ? undefined : decoded(at) }
}

export function writePlace({ view, at }: Place): string {
  return `#/${view}${at === undefined ? '' : `/${encodeURIComponent(at)}`}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
