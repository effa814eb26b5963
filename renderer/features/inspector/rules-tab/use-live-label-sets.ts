import { useEffect, useState } from 'react'
import { Labels } from '../../../../collector-core/signal/labels.ts'
import type { AlloyValue, ComponentInfo } from '../../../../collector-core/http-api/contract.ts'
import { useWorkbench } from '../../../model/workbench-context.ts'

const mostSets = 200
const againMs = 5_000

/** Label sets that reach a running relabel component: its targets, or what is tapped on the way in; newest last, at most 200. */
export function useLiveLabelSets(id: string, listening: boolean): readonly Labels[] {
  const { client } = useWorkbench()
  const [sets, setSets] = useState<readonly Labels[]>([])
  useEffect(() => {
    setSets([])
    if (!listening) return
    const found = new Map<string, Labels>()
    const add = (labels: Labels): void => {
      found.delete(labels.key)
      found.set(labels.key, labels)
      if (found.size > mostSets) found.delete(found.keys().next().value!)
    }
    if (id.startsWith('discovery.')) {
      let left = false
      const read = (): void =>
        void client.call('component', { id }).then(
          (info) => {
            if (left) return
            found.clear()
            for (const target of targetsOf(info)) add(target)
            setSets([...found.values()])
          },
          // Asked again soon.
          () => undefined,
        )
      read()
      const timer = setInterval(read, againMs)
      return () => {
        left = true
        clearInterval(timer)
      }
    }
    return client.subscribe('tap', { to: id, perSecond: 50 }, ({ items }) => {
      if (items.length === 0) return
      for (const { labels } of items) add(Labels.from(labels))
      setSets([...found.values()])
    })
  }, [client, id, listening])
  return sets
}

function targetsOf({ arguments: statements }: ComponentInfo): Labels[] {
  const targets = statements.find(({ name }) => name === 'targets')
  if (targets?.type !== 'attr' || targets.value.type !== 'array') return []
  return (targets.value.value as readonly AlloyValue[]).map(({ value }) =>
    Labels.of(
      (value as readonly { readonly key: string; readonly value: AlloyValue }[]).map((entry) => [
        entry.key,
        String(entry.value.value),
      ]),
    ),
  )
}
