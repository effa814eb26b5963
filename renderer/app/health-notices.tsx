import { useEffect, useRef } from 'react'
import { useCell, useConnection } from '../live/connection-context.ts'
import { useWorkbench } from '../model/workbench-context.ts'
import { notify, withdrawNotice } from '../ui/toast.tsx'
import { useWords } from '../ui/use-words.ts'
import { words } from './words.ts'

/** Notices come one per component at most, and for so many at a time; the top bar counts the rest. */
const mostNotices = 3

/** Tells when a component becomes unhealthy, and takes it back when it recovers. */
export function HealthNotices({ onShow }: { readonly onShow: () => void }) {
  const say = useWords(words)
  const { numbers } = useConnection()
  const { selection } = useWorkbench()
  const frame = useCell(numbers.frame)
  const told = useRef(new Set<string>())
  useEffect(() => {
    const failing = (frame?.components ?? []).filter(({ health }) => health.state === 'unhealthy')
    for (const id of told.current) {
      if (failing.some((one) => one.id === id)) continue
      told.current.delete(id)
      withdrawNotice(`health ${id}`)
    }
    for (const { id, health } of failing) {
      if (told.current.has(id) || told.current.size >= mostNotices) continue
      told.current.add(id)
      notify({
        id: `health ${id}`,
        tone: 'warning',
        title: say.unhealthy(id),
        detail: health.message,
        action: {
          label: say.showComponent,
          onClick: () => {
            selection.reveal(id)
            onShow()
          },
        },
      })
    }
  }, [frame, say, selection, onShow])
  return null
}
