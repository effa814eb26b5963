import { useEffect, useState } from 'react'
import type { ComponentInfo } from '../../collector-core/http-api/contract.ts'
import { WeirError } from '../../collector-core/weir-error.ts'
import { useCell, useConnection } from './connection-context.ts'

export type ComponentReading =
  | { readonly kind: 'loading' }
  /** It cannot be read: why, and what to do about it, as the host says it. */
  | { readonly kind: 'absent'; readonly message: string; readonly nextStep: string }
  | { readonly kind: 'read'; readonly info: ComponentInfo; readonly stale: boolean }

const againMs = 2_000

/** One running component with all its details, read again every two seconds while the page is visible. */
export function useComponentInfo(id: string): ComponentReading {
  const { client, visible } = useConnection()
  const seen = useCell(visible)
  const [reading, setReading] = useState<ComponentReading>({ kind: 'loading' })
  useEffect(() => setReading({ kind: 'loading' }), [id])
  useEffect(() => {
    let left = !seen
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (): Promise<void> => {
      const next = await client.call('component', { id }).then(
        (info): ComponentReading => ({ kind: 'read', info, stale: false }),
        (error: unknown) =>
          error instanceof WeirError && error.code !== 'host-lost'
            ? ({ kind: 'absent', message: error.message, nextStep: error.nextStep } as const)
            : undefined,
      )
      if (left) return
      setReading((before) => next ?? (before.kind === 'read' ? { ...before, stale: true } : before))
      timer = setTimeout(() => void read(), againMs)
    }
    if (!left) void read()
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [id, client, seen])
  return reading
}
