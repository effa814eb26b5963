import { useEffect } from 'react'
import { useConnection } from '../live/connection-context.ts'
import { isStartable } from '../live/is-startable.ts'
import type { Action } from '../model/actions.ts'
import { spokenLanguage, wordsIn } from '../model/spoken-language.ts'
import { useWorkbench } from '../model/workbench-context.ts'
import { attempt } from '../ui/attempt.ts'
import { words } from './words.ts'

/** Offers the command palette to start and stop the collector and the demo app, where a host can. */
export function useCollectorActions(): void {
  const { actions } = useWorkbench()
  const { client, collector, servedBy } = useConnection()
  useEffect(() => {
    if (servedBy !== 'host') return
    const command = (
      id: string,
      title: Action['title'],
      enabled: () => boolean,
      ask: () => Promise<unknown>,
    ): Action => ({
      ...{ id: `window.${id}`, group: 'window', title, enabled },
      run: () => attempt(ask(), wordsIn(words, spokenLanguage.get()).notDone),
    })
    const startable = (): boolean | undefined => {
      const state = collector.get()
      return state && isStartable(state)
    }
    const demo = (): boolean | undefined => {
      const state = collector.get()
      return state?.kind === 'running' ? state.demo : undefined
    }
    return actions.add([
      command(
        'start-collector',
        { en: 'Start the collector', ko: '수집기 시작' },
        () => startable() === true,
        () => client.call('startCollector', {}),
      ),
      command(
        'stop-collector',
        { en: 'Stop the collector', ko: '수집기 멈추기' },
        () => startable() === false,
        () => client.call('stopCollector', {}),
      ),
      command(
        'start-demo',
        { en: 'Start the demo app', ko: '데모 앱 시작' },
        () => demo() === false,
        () => client.call('setDemo', { running: true }),
      ),
      command(
        'stop-demo',
        { en: 'Stop the demo app', ko: '데모 앱 멈추기' },
        () => demo() === true,
        () => client.call('setDemo', { running: false }),
      ),
    ])
  }, [actions, client, collector, servedBy])
}
