import { useEffect, useState } from 'react'
import type { Folder } from '../../../host/contract/project.ts'
import { fileName } from '../../model/project-session/project-state.ts'
import type { AskedQuestion, Question } from '../../model/project-session/question.ts'
import { useWorkbench } from '../../model/workbench-context.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useTranslation } from '../../ui/use-translation.ts'
import { useWords } from '../../ui/use-words.ts'
import styles from './choose-file.module.css'
import { words } from './words.ts'

interface ChooseFileProps {
  readonly question: Extract<Question, { kind: 'choose-file' }>
  readonly answer: AskedQuestion['answer']
}

/** Picks a config on the host's disk, where the system has no dialog of its own. */
export function ChooseFile({ question: { purpose, suggested }, answer }: ChooseFileProps) {
  const translate = useTranslation()
  const say = useWords(words)
  const { client } = useWorkbench()
  const [wanted, setWanted] = useState<string | undefined>(suggested && folderOf(suggested))
  const [folder, setFolder] = useState<Folder>()
  const [problem, setProblem] = useState<string>()
  const [name, setName] = useState(purpose === 'open' ? '' : suggested ? fileName(suggested) : 'config.alloy')
  useEffect(() => {
    let left = false
    client.call('listFolder', { path: wanted }).then(
      (found) => {
        if (left) return
        setFolder(found)
        setProblem(undefined)
      },
      (error: unknown) => left || setProblem(error instanceof Error ? error.message : String(error)),
    )
    return () => {
      left = true
    }
  }, [client, wanted])
  const named = name.trim() === '' || folder === undefined ? undefined : pathIn(folder.path, name.trim())
  const taken = folder?.entries.some((entry) => entry.kind === 'config' && entry.name === name.trim()) === true
  const finish = (path: string): void => answer({ path })
  return (
    <Dialog
      open
      size="wide"
      title={purpose === 'open' ? say.choose.open : say.choose.save}
      onClose={() => answer('cancel')}
      actions={
        <>
          <Button kind="quiet" onClick={() => answer('cancel')}>
            {say.cancel}
          </Button>
          <Button
            kind={purpose === 'save' && taken ? 'danger' : 'primary'}
            disabled={named === undefined || (purpose === 'open' && !taken)}
            onClick={() => named !== undefined && finish(named)}
          >
            {purpose === 'open' ? say.choose.openIt : taken ? say.choose.replace : say.choose.saveIt}
          </Button>
        </>
      }
    >
      <div className={styles.bar}>
        <IconButton
          icon="up"
          label={say.choose.up}
          disabled={folder?.parent === undefined}
          onClick={() => setWanted(folder?.parent)}
        />
        <code className={styles.path}>{folder?.path ?? ''}</code>
      </div>
      {problem !== undefined && (
        <p className={styles.problem} role="alert">
          {say.choose.failed}: {translate(problem)}
        </p>
      )}
      <ul className={styles.list} aria-label={say.choose.folder}>
        {folder?.entries.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              className={styles.entry}
              aria-current={entry.name === name || undefined}
              onClick={() => (entry.kind === 'folder' ? setWanted(entry.path) : setName(entry.name))}
              onDoubleClick={() => entry.kind === 'config' && purpose === 'open' && finish(entry.path)}
            >
              <Icon name={entry.kind === 'folder' ? 'open' : 'file'} />
              {entry.name}
            </button>
          </li>
        ))}
        {folder?.entries.length === 0 && <li className={styles.empty}>{say.choose.empty}</li>}
        {folder?.truncated === true && <li className={styles.empty}>{say.choose.more}</li>}
      </ul>
      {purpose === 'save' && (
        <Field label={say.choose.name}>
          <TextInput
            mono
            value={name}
            onChange={setName}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && named !== undefined && !taken) finish(named)
            }}
          />
        </Field>
      )}
    </Dialog>
  )
}

const separatorOf = (path: string): string => (path.includes('\\') && !path.includes('/') ? '\\' : '/')

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf(separatorOf(path))) || separatorOf(path)

function pathIn(folder: string, name: string): string {
  const separator = separatorOf(folder)
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}
