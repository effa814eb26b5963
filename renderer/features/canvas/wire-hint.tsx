import { useEffect, useState } from 'react'
import { interfaceSize } from '../../model/interface-size.ts'
import { useWords } from '../../ui/use-words.ts'
import { useSession, useWiring, portKey } from './session-context.ts'
import { endOn, underPointer } from './wiring.ts'
import { words } from './words.ts'
import styles from './wire-hint.module.css'

/** Beside the pointer while a wire is drawn: why it cannot end here, and what would help. */
export function WireHint() {
  const say = useWords(words)
  const session = useSession()
  const wiring = useWiring()
  const [at, setAt] = useState<{ readonly x: number; readonly y: number }>()
  useEffect(() => {
    if (wiring === undefined) return undefined
    const follow = (event: PointerEvent): void => setAt({ x: event.clientX, y: event.clientY })
    window.addEventListener('pointermove', follow)
    return () => {
      window.removeEventListener('pointermove', follow)
      setAt(undefined)
    }
  }, [wiring])
  if (wiring === undefined || at === undefined) return null
  const size = interfaceSize.get()
  const { node, port } = underPointer(at)
  if (node === wiring.end.node.id) return null
  const end = node === undefined ? undefined : endOn(session.scene.get(), wiring, node, port)
  const misfit = end && wiring.misfits.get(portKey(end.node.id, end.port.id))
  if (misfit === undefined && (end !== undefined || wiring.edge !== undefined)) return null
  return (
    <div
      className={styles.hint}
      data-misfit={misfit !== undefined}
      style={{ left: at.x / size + 14, top: at.y / size + 16 }}
      role="status"
    >
      {misfit === undefined ? say.wireHint : misfit.reason}
      {misfit?.bridges.at(0) !== undefined && (
        <span className={styles.bridge}>{say.bridgeHint(misfit.bridges[0])}</span>
      )}
    </div>
  )
}
