import { useEffect, useMemo, useState } from 'react'
import { useCell, useConnection } from '../../live/connection-context.ts'
import type { Picture } from '../../model/picture.ts'
import { useSelection } from '../../model/workbench-context.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { notify } from '../../ui/toast.tsx'
import { useWords } from '../../ui/use-words.ts'
import { matchItems } from './match-items.ts'
import type { Passage } from './match-items.ts'
import { PassageDetails } from './passage-details.tsx'
import { PassageList } from './passage-list.tsx'
import { passageMatches, passageText } from './passage-text.ts'
import { TapRecorder } from './tap-recorder.ts'
import type { Recording } from './tap-recorder.ts'
import { isComponent, targetKey, targetOf, tapTargets } from './tap-target.ts'
import type { TapTarget } from './tap-target.ts'
import { words } from './words.ts'
import styles from './tap.module.css'

const following = ''

/** What flows through the selected component or connection, item by item. */
export function Tap({ picture }: { readonly picture: Picture }) {
  const say = useWords(words)
  const { client, visible } = useConnection()
  const { primary, edges } = useSelection()
  const recorder = useMemo(() => new TapRecorder(client), [client])
  const recording = useCell(recorder.recording)
  const seen = useCell(visible)
  const [pinned, setPinned] = useState<TapTarget>()
  const [paused, setPaused] = useState(false)
  const [filter, setFilter] = useState('')
  const [choice, setChoice] = useState<{ readonly of: string; readonly passage: Passage }>()
  const targets = useMemo(() => tapTargets(picture), [picture])
  // Found anew with every change of the picture, and mostly the same.
  const { from, to } = pinned ?? targetOf(picture, primary, edges.at(0)) ?? { from: undefined, to: undefined }
  const target = useMemo(() => (from === undefined ? undefined : { from, to }), [from, to])
  const chosen = target !== undefined && choice?.of === targetKey(target) ? choice.passage : undefined

  useEffect(() => {
    if (target === undefined || paused || !seen) return undefined
    recorder.listen(target)
    return () => recorder.close()
  }, [recorder, target, paused, seen])

  const passages = useMemo(() => (target === undefined ? [] : read(recording, target)), [recording, target])
  const shown = useMemo(
    () => (filter === '' ? passages : passages.filter((one) => passageMatches(one, filter))),
    [passages, filter],
  )
  const copy = (text: string): void => {
    void navigator.clipboard.writeText(text).then(() => notify({ id: 'tap-copied', tone: 'done', title: say.copied }))
  }
  return (
    <div className={styles.tap}>
      <div className={styles.bar}>
        <div className={styles.target}>
          <Select
            label={say.tapped}
            value={pinned === undefined ? following : targetKey(pinned)}
            onChange={(value) => setPinned(targets.find((one) => targetKey(one) === value))}
            options={[
              { value: following, label: say.follow },
              ...targets.map((one) => ({
                value: targetKey(one),
                label: isComponent(one) ? one.from : `${one.from} → ${one.to}`,
                note: isComponent(one) ? say.components : undefined,
              })),
            ]}
          />
        </div>
        <IconButton
          icon={pinned === undefined ? 'pin' : 'unpin'}
          label={pinned === undefined ? say.pin : say.unpin}
          pressed={pinned !== undefined}
          disabled={target === undefined}
          onClick={() => setPinned(pinned === undefined ? target : undefined)}
        />
        <IconButton
          icon={paused ? 'resume' : 'pause'}
          label={paused ? say.resume : say.pause}
          pressed={paused}
          onClick={() => setPaused(!paused)}
        />
        <IconButton icon="delete" label={say.clear} onClick={() => recorder.clear()} />
        <IconButton
          icon="copy"
          label={say.copy}
          disabled={shown.length === 0}
          onClick={() => copy(shown.map(passageText).join('\n'))}
        />
        <div className={styles.filter}>
          <SearchInput icon="filter" label={say.filter} value={filter} onChange={setFilter} />
        </div>
        <span className={styles.count}>
          {paused && <strong>{say.paused} · </strong>}
          {say.counted(recording.seen, recording.kept)} · {say.bound}
        </span>
      </div>
      {target === undefined ? (
        <EmptyState {...say.none} />
      ) : recording.ended !== undefined ? (
        <EmptyState title={recording.ended} />
      ) : shown.length === 0 ? (
        <EmptyState {...(passages.length === 0 ? say.waiting : say.noMatch)} />
      ) : (
        <div className={styles.body}>
          <PassageList
            passages={shown}
            both={isComponent(target)}
            chosen={chosen}
            onChoose={(passage) => setChoice({ of: targetKey(target), passage })}
          />
          <PassageDetails passage={chosen} onCopy={copy} />
        </div>
      )}
    </div>
  )
}

function read({ items, kept, missedAt }: Recording, target: TapTarget): Passage[] {
  if (!isComponent(target)) {
    return items.map((item): Passage => ({ before: item, after: undefined, mark: 'unmodified' })).reverse()
  }
  const id = target.from
  // Complete while everything listed was kept.
  const complete = missedAt === undefined || kept - missedAt >= items.length
  return matchItems(
    items.filter(({ to }) => to === id),
    items.filter(({ from }) => from === id),
    complete,
    items.at(-1)?.at ?? 0,
  )
}
