import { Suspense, lazy } from 'react'
import type { ComponentType } from 'react'

/** A part whose code is fetched when it is drawn first. */
export function loadedLater<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() }))
  return (props) => (
    <Suspense>
      <Part {...props} />
    </Suspense>
  )
}
