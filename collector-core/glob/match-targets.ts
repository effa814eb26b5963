import type { Labels } from '../signal/labels.ts'
import { absolutePattern, findFiles } from './find-files.ts'
import { matchesGlob, parseGlob } from './glob-pattern.ts'

export const pathLabel = '__path__'
const excludeLabel = '__path_exclude__'

export interface MatchedTargets {
  /** One per file, `__path__` replaced by the file's absolute path, in the order of the patterns and then of the paths. */
  readonly targets: readonly Labels[]
  /** What kept the search from being complete, as sentences. */
  readonly problems: readonly string[]
}

/** Turns targets whose `__path__` is a pattern into one target per file. `notBefore` leaves out files changed earlier. */
export async function matchTargets(patterns: readonly Labels[], notBefore = -Infinity): Promise<MatchedTargets> {
  const targets: Labels[] = []
  const problems: string[] = []
  for (const pattern of patterns) {
    const path = pattern.get(pathLabel)
    const { problem } = parseGlob(path)
    const exclude = pattern.get(excludeLabel)
    const excluded = exclude === '' ? undefined : parseGlob(absolutePattern(exclude))
    if (problem !== undefined) problems.push(problem)
    if (excluded?.problem !== undefined) problems.push(excluded.problem)
    if (path === '' || problem !== undefined || excluded?.problem !== undefined) continue
    const { files, cutShort, unreadable } = await findFiles(path)
    if (cutShort) problems.push(`${path} leads through too many directories, not all were searched: narrow it`)
    for (const directory of unreadable) problems.push(`the directory ${directory} cannot be read`)
    for (const file of files) {
      if (file.modifiedMs < notBefore) continue
      if (excluded?.alternatives && matchesGlob(excluded.alternatives, file.path)) continue
      targets.push(pattern.with([[pathLabel, file.path]]))
    }
  }
  return { targets, problems }
}
