import type { Labels } from '../../../../collector-core/signal/labels.ts'

// The labels that name a service, best first; what Loki looks at by default.
const sources = [
  'service',
  'app',
  'application',
  'app_name',
  'name',
  'app_kubernetes_io_name',
  'container',
  'container_name',
  'k8s_container_name',
  'component',
  'workload',
  'job',
  'k8s_job_name',
]

/** The labels with a `service_name`, found as Loki finds it where the sender gave none. */
export function withServiceName(labels: Labels): Labels {
  if (labels.has('service_name')) return labels
  const source = sources.find((name) => labels.has(name))
  return labels.with([['service_name', source === undefined ? 'unknown_service' : labels.get(source)]])
}
