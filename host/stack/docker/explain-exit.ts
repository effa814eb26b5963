import { WeirError } from '../../../collector-core/weir-error.ts'
import type { BackendLogLine } from '../../contract/stack.ts'
import { pinnedImages } from '../pinned-images.ts'
import type { ManagedContainer } from './container-view.ts'
import { explainEngine } from './explain-engine.ts'

/** Why a container does not run, or did not before the engine started it again, from what the engine and its last lines say. */
export function explainExit(container: ManagedContainer, tail: readonly BackendLogLine[]): WeirError {
  const { backend } = container
  const lines = tail.slice(-20).map(({ text }) => text)
  const said = lines.join('\n')
  const logs = `\`weir stack logs ${backend}\` shows more.`
  if (container.outOfMemory) {
    return new WeirError(
      'out-of-memory',
      `${backend} used up its ${Math.round(pinnedImages[backend].memoryBytes / 1024 / 1024)} MiB of memory`,
      `Send it less at once, or reset it with \`weir stack reset ${backend}\`. ${logs}`,
    )
  }
  if (container.error !== '')
    return explainEngine(new Error(container.error), 'this machine', { doing: `starting ${backend}` })
  if (/no space left on device/i.test(said)) {
    return new WeirError(
      'no-space',
      `${backend} stopped because the disk is full`,
      `Free space with \`docker system prune\`, or reset it with \`weir stack reset ${backend}\`.`,
    )
  }
  if (/permission denied|EACCES/i.test(said)) {
    return new WeirError(
      'data-denied',
      `${backend} may not write its data: the volume belongs to another user`,
      `Reset it with \`weir stack reset ${backend}\`: a new volume gets the right owner.`,
    )
  }
  if (/failed parsing config|field .* not found|error loading config|not found in type/i.test(said)) {
    return new WeirError(
      'bad-config',
      `${backend} refuses its configuration:\n${said}`,
      `Report this with the lines above. ${logs}`,
    )
  }
  const end = lines.length === 0 ? '' : `; its last lines:\n${said}`
  // Once it runs again the engine has forgotten the code.
  const how = container.running ? 'ended by itself' : `exited with code ${container.exitCode}`
  return new WeirError('backend-exited', `${backend} ${how}${end}`, logs)
}
