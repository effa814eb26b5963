import { KeyBuilder, prefixRange, signals, windowOf } from './keys.ts'
import type { SignalName } from './keys.ts'
import type { KeyValueStore } from './key-value-store.ts'

/** The windows in which a signal has rows, found by seeking from one to the next. */
export async function storedWindows(store: KeyValueStore, signal: SignalName): Promise<Set<number>> {
  const windows = new Set<number>()
  const { definitions, data, extra } = signals[signal]
  for (const kind of [definitions, data, extra]) {
    const [, end] = prefixRange(Uint8Array.of(kind))
    let from: Uint8Array = Uint8Array.of(kind)
    for (;;) {
      const key = await store.firstKey(from, end)
      if (key === undefined) break
      windows.add(windowOf(key))
      from = KeyBuilder.of(kind)
        .u32(windowOf(key) + 1)
        .build()
    }
  }
  return windows
}

/** The range of a signal's rows of one kind in one window. */
export function windowRange(kind: number, window: number): readonly [from: Uint8Array, to: Uint8Array] {
  return prefixRange(KeyBuilder.of(kind).u32(window).build())
}

/** Removes a window's rows, all at once; what is written meanwhile stays. */
export async function dropWindow(store: KeyValueStore, signal: SignalName, window: number): Promise<void> {
  const { definitions, data, extra } = signals[signal]
  const ranges = [definitions, data, extra].map((kind) => windowRange(kind, window))
  await store.write({ puts: [], deleteRanges: ranges })
  for (const range of ranges) await store.reclaim(...range)
}
