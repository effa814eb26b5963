import type { CollectorSupervisor } from '../collector-supervisor/supervisor.ts'
import { newestLines } from '../collector-supervisor/log-lines.ts'
import type { Pipeline, StatsFrame } from '../../collector-core/protocol.ts'
import type { Demo } from '../demo/demo.ts'
import type { CollectorState } from '../contract/collector-report.ts'
import type { TapFrame } from '../contract/tap.ts'
import { newestOnly } from '../session/handlers.ts'
import type { Topic } from '../session/handlers.ts'

/** What unsaved text is called in diagnostics. */
const unsaved = 'unsaved.alloy'
const mostWaitingItems = 1_000

/** The running pipeline, seen and controlled. `openFile` says which file a window has open. */
export function collectorTopic(
  supervisor: CollectorSupervisor,
  demo: Demo,
  openFile: (window: string) => string | undefined,
): Topic<
  'applyConfig' | 'runningConfig' | 'startCollector' | 'stopCollector' | 'component' | 'scrapeOnce' | 'setDemo',
  'frames' | 'collectorState' | 'collectorLog' | 'tap'
> {
  const state = (): CollectorState => {
    const { state: current } = supervisor
    if (current.kind !== 'running') return current
    return { ...current, demo: demo.running, ...(demo.problem !== undefined && { demoProblem: demo.problem }) }
  }
  return {
    calls: {
      applyConfig: ({ text }, { window }) => supervisor.apply(openFile(window) ?? unsaved, text),
      runningConfig: () => supervisor.runningText,
      async startCollector() {
        await supervisor.start()
        return null
      },
      async stopCollector() {
        await supervisor.stop()
        return null
      },
      component: ({ id }) => supervisor.component(id),
      scrapeOnce: ({ id, url }) => supervisor.scrapeOnce(id, url),
      setDemo: ({ running }) => demo.set(running),
    },
    streams: {
      frames: {
        begin(_, sink) {
          if (supervisor.picture !== undefined) sink.send(supervisor.picture)
          return supervisor.frames.listen(sink.send)
        },
        merge: mergeFrames,
      },
      collectorState: {
        begin(_, sink) {
          sink.send(state())
          const leave = [
            supervisor.states.listen(() => sink.send(state())),
            demo.changes.listen(() => sink.send(state())),
          ]
          return () => leave.forEach((end) => end())
        },
        merge: newestOnly,
      },
      collectorLog: {
        begin(_, sink) {
          sink.send(supervisor.log)
          return supervisor.logs.listen(sink.send)
        },
        merge: (waiting, next) => [newestLines(waiting.flat(), next)],
      },
      tap: { begin: (selection, sink) => supervisor.tap(selection, sink), merge: mergeTaps },
    },
  }
}

/** The newest picture, then the newest numbers. */
function mergeFrames(
  waiting: readonly (Pipeline | StatsFrame)[],
  next: Pipeline | StatsFrame,
): readonly (Pipeline | StatsFrame)[] {
  const others = waiting.filter(({ kind }) => kind !== next.kind)
  return next.kind === 'pipeline' ? [next, ...others] : [...others, next]
}

/** One frame with the newest items; what is left out stays counted as seen. */
function mergeTaps(waiting: readonly TapFrame[], next: TapFrame): readonly TapFrame[] {
  const frames = [...waiting, next]
  const items = frames.flatMap((frame) => frame.items).slice(-mostWaitingItems)
  return [{ items, seen: frames.reduce((sum, { seen }) => sum + seen, 0), kept: items.length }]
}
