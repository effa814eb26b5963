import Elk from 'elkjs/lib/elk-api.js'
import type { ELK } from 'elkjs/lib/elk-api.js'
import workerFile from 'elkjs/lib/elk-worker.min.js?url'
import type { LayoutEngine } from '../../model/layout.ts'
import { startWorker } from '../../bridge/start-worker.ts'

let elk: ELK | undefined

/** ELK in a worker of its own, started when something is laid out for the first time. */
export const layoutEngine: LayoutEngine = {
  layout: (graph) => (elk ??= new Elk({ workerFactory: () => startWorker(workerFile) })).layout(graph),
}
