import { useCallback, useState } from 'react'

/** State that a reload keeps: a plain value under a name in this browser; one that does not fit any more is left. */
export function useKept<T extends string | number | boolean>(
  name: string,
  initial: T,
  fits: (value: unknown) => boolean = (value) => typeof value === typeof initial,
): readonly [T, (value: T) => void] {
  const key = `weir.window.${name}`
  const [value, setValue] = useState<T>(() => {
    const kept = parsed(localStorage.getItem(key))
    return kept !== undefined && fits(kept) ? (kept as T) : initial
  })
  const keep = useCallback(
    (next: T): void => {
      localStorage.setItem(key, JSON.stringify(next))
      setValue(next)
    },
    [key],
  )
  return [value, keep]
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}
