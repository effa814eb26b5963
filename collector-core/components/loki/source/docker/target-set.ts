import { Labels } from '../../../../signal/labels.ts'
import type { Relabel } from '../../../../signal/relabel/relabel.ts'
import { channelNames } from '../../../../docker/log-line-decoder.ts'

const idLabel = '__meta_docker_container_id'
const channelLabel = '__meta_docker_container_log_stream'

/** The labels of a container's two channels; undefined where the rules drop the channel. */
export interface ContainerLabels {
  /** Those of the target and the component's own, before the rules. */
  readonly target: Labels
  readonly channels: readonly [stdout: Labels | undefined, stderr: Labels | undefined]
}

/**
 * One entry per container id. Of several targets with the same id (one per port and network) the one whose label text
 * sorts first is taken, so that the choice does not depend on their order. Targets without an id are left out.
 */
export function containersOf(
  targets: readonly Labels[],
  own: ReadonlyMap<string, string>,
  relabel: Relabel | undefined,
): ReadonlyMap<string, ContainerLabels> {
  const chosen = new Map<string, Labels>()
  for (const target of targets) {
    const id = target.get(idLabel)
    if (id === '') continue
    const labels = own.size === 0 ? target : target.with(own)
    const other = chosen.get(id)
    if (other === undefined || labels.key < other.key) chosen.set(id, labels)
  }
  const containers = new Map<string, ContainerLabels>()
  for (const [id, target] of chosen) {
    containers.set(id, { target, channels: [channelLabels(target, 0, relabel), channelLabels(target, 1, relabel)] })
  }
  return containers
}

function channelLabels(target: Labels, channel: 0 | 1, relabel: Relabel | undefined): Labels | undefined {
  const labels = target.with([[channelLabel, channelNames[channel]]])
  const relabelled = relabel === undefined ? labels : relabel(labels)
  return relabelled?.filter((name) => !name.startsWith('__'))
}
