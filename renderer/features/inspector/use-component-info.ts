import { useEffect, useState } from 'react'
import type { ComponentInfo } from '../../../collector-core/http-api/contract.ts'
import { useConnection } from '../../live/connection-context.ts'

export type ComponentReading =
  | { readonly kind: 'loading' | 'absent' }
  | { readonly kind: 'read'; readonly info: ComponentInfo; readonly stale: boolean }

const againMs = 2_000

/** One component with all its details, read again every two seconds while the page is visible. */
export function useComponentInfo(id: string): ComponentReading {
  const { collector, attention } = useConnection()
  const [reading, setReading] = useState<ComponentReading>({ kind: 'loading' })
  useEffect(() => {
    const leave = new AbortController()
    const left = (): boolean => leave.signal.aborted
    let timer: ReturnType<typeof setTimeout> | undefined
    setReading({ kind: 'loading' })
    const read = async (): Promise<void> => {
      await attention.visible()
      if (left()) return
      try {
        const info = await collector.component(id, leave.signal)
        setReading(info === undefined ? { kind: 'absent' } : { kind: 'read', info, stale: false })
      } catch {
        if (left()) return
        setReading((before) => (before.kind === 'read' ? { ...before, stale: true } : before))
      }
      timer = setTimeout(() => void read(), againMs)
    }
    void read()
    return () => {
      leave.abort()
      clearTimeout(timer)
    }
  }, [id, collector, attention])
  return reading
}
