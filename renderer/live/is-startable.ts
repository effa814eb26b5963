import type { CollectorState } from '../../host/contract/collector-report.ts'

/** Whether the collector can be started: what cannot be started can be stopped. */
export const isStartable = ({ kind }: CollectorState): boolean => kind === 'stopped' || kind === 'failed'
