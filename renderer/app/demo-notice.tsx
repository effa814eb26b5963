import { useEffect, useRef } from 'react'
import { useCell, useConnection } from '../live/connection-context.ts'
import { notify, withdrawNotice } from '../ui/toast.tsx'
import { useTranslation } from '../ui/use-translation.ts'
import { useWords } from '../ui/use-words.ts'
import { words } from './words.ts'

/** Tells that the demo, which the default pipeline looks at, could not start, and takes it back when it runs. */
export function DemoNotice({ onShow }: { readonly onShow: () => void }) {
  const translate = useTranslation()
  const say = useWords(words)
  const state = useCell(useConnection().collector)
  const problem = state?.kind === 'running' ? state.demoProblem : undefined
  const show = useRef(onShow)
  show.current = onShow
  useEffect(() => {
    if (problem === undefined) return undefined
    notify({
      ...{ id: 'demo', tone: 'warning', title: say.demoOff, detail: `${translate(problem)}. ${say.demoOffHint}` },
      action: { label: say.showSettings, onClick: () => show.current() },
    })
    return () => withdrawNotice('demo')
  }, [problem, say, translate])
  return null
}
