export type { TapFrame, TapItem } from '../../collector-core/protocol.ts'
