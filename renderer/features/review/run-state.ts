import type { CollectorState } from '../../../host/contract/collector-report.ts'
import type { Differences } from '../../model/project-session/project-state.ts'

export type RunState =
  'applied' | 'unapplied' | 'unsaved' | 'both' | 'stopped' | 'starting' | 'restarting' | 'failed' | 'unknown'

/** The one thing to say of how text, file and collector stand to one another; a collector that is down comes first. */
export function runState(
  { unsaved, unapplied }: Differences,
  { kind }: CollectorState,
): { readonly state: RunState; readonly tone: 'healthy' | 'waiting' | 'failing' | 'selected' } {
  if (kind === 'failed') return { state: 'failed', tone: 'failing' }
  if (kind !== 'running') return { state: kind, tone: 'waiting' }
  if (unapplied === undefined) return { state: 'unknown', tone: 'waiting' }
  if (unapplied) return { state: unsaved ? 'both' : 'unapplied', tone: 'selected' }
  return unsaved ? { state: 'unsaved', tone: 'selected' } : { state: 'applied', tone: 'healthy' }
}
