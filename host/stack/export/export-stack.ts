import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { WeirError } from '../../../collector-core/weir-error.ts'
import type { Exported, ExportFormat, StackSettings } from '../../contract/stack.ts'
import { problemOf } from '../problem.ts'
import { alloyFiles } from './alloy-files.ts'
import { composeFiles } from './compose-files.ts'
import { helmFiles } from './helm-files.ts'

/** Files by their path relative to the chosen folder. */
export type ExportedFiles = ReadonlyMap<string, string>

/** Writes the same pipeline and stack for machines without Weir into `folder`, which has to be empty or not there yet. */
export function exportStack(format: ExportFormat, folder: string, text: string, settings: StackSettings): Exported {
  try {
    const files = { alloy: alloyFiles, compose: composeFiles, helm: helmFiles }[format](text, settings)
    mkdirSync(folder, { recursive: true })
    if (readdirSync(folder).length > 0) {
      throw new WeirError('folder-not-empty', `${folder} is not empty`, 'Name a new folder: nothing is overwritten.')
    }
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content, { flag: 'wx' })
    }
    return { kind: 'exported', folder, files: [...files.keys()] }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof WeirError) return { kind: 'failed', problem: problemOf(error) }
    const message = `${folder} cannot be written${code === undefined ? '' : ` (${code})`}`
    return { kind: 'failed', problem: { code: 'cannot-write', message, nextStep: 'Name a folder you may write.' } }
  }
}
