import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WeirError } from '../../collector-core/weir-error.ts'
import { bundlePath } from '../bundle.ts'
import { backendNames } from '../contract/stack.ts'
import type { StackAnswer } from '../contract/stack.ts'
import { defaultStoragePath } from '../data-directory.ts'
import { nodeBackend } from '../stack/embedded-process/launch-backend.ts'
import { Stack } from '../stack/stack.ts'
import { version } from '../version.ts'
import type { Command } from './command.ts'
import { oneOf, readStackFlags } from './stack/flags.ts'
import type { StackFlags } from './stack/flags.ts'
import { preflightText, stateText } from './stack/print-state.ts'
import { printProgress } from './stack/print-progress.ts'
import { printProof } from './stack/print-proof.ts'

const help = `Runs Loki, Tempo, Mimir and Grafana on this machine: in Docker where it answers, else embedded in Weir.

Usage: weir stack <order> [flags]

Orders:
  up                  start what is not running, adopt what is; answers when everything is ready
  down                stop everything; data is kept
  status              what runs, where, and in whose words it is ready
  preflight           what a start would meet: ports and who holds them, disk, memory, images
  proof               send a trace, a log line and an exemplar through the pipeline and read them back
  logs BACKEND        follow the log of a backend
  restart BACKEND     stop and start one backend
  reset BACKEND       delete what one backend stored and start it empty
  upgrade             move to the versions this Weir is written for; goes back when one does not get ready
  import FILE.tar     load images from a tar of \`docker save\`, for machines without a registry
  uninstall           remove containers, network and all stored data

Backends: mimir (or prometheus), loki, tempo, grafana, pyroscope, alloy

Flags (settings are kept for the next time):
  --provider P        auto (default), docker, embedded or remote
  --port NAME=PORT    publish elsewhere; several are separated by commas: --port loki=3101,grafana=3001
                      names: loki tempo tempoGrpc tempoHttp mimir prometheus pyroscope grafana alloy
  --metrics M         mimir (default) or prometheus
  --with LIST         pyroscope, alloy or both, separated by a comma; "" for neither
  --registry R        where images come from (docker.io), or a mirror with the same names
  --docker-host H     an engine address that goes before DOCKER_HOST, contexts and known sockets
  --proof             with up: prove that signals arrive
  --images            with uninstall: remove the images too
  --json              print the state, or the answer, as JSON
  --collector ADDR    the running pipeline (127.0.0.1:12345)
  --config FILE       the pipeline Alloy runs, with --with alloy
  --storage.path DIR  where settings and the embedded backend's data are kept
  -h, --help          print this help
`

export const stackCommand: Command = {
  help,
  async run(args) {
    const flags = readStackFlags(args)
    const order = oneOf('order', flags.words.at(0), orders)
    const stack = await openStack(flags)
    try {
      if (flags.change !== undefined) {
        const kept = await stack.change(flags.change)
        if (kept.kind !== 'done') return report(stack, kept, flags)
      }
      return await obey(stack, order, flags)
    } finally {
      await stack.close()
    }
  },
}

const orders = [
  'up',
  'down',
  'status',
  'preflight',
  'proof',
  'logs',
  'restart',
  'reset',
  'upgrade',
  'import',
  'uninstall',
] as const

/** The stack of this machine, as the flags have it. */
export function openStack(flags: Pick<StackFlags, 'storagePath' | 'config'>): Promise<Stack> {
  const { config } = flags
  return Stack.open({
    folder: join(flags.storagePath ?? defaultStoragePath(), 'stack'),
    userAgent: `Weir/${version}`,
    launchBackend: nodeBackend(bundlePath),
    config: () => (config !== undefined && existsSync(config) ? readFileSync(config, 'utf8') : undefined),
    // The keychain belongs to the desktop app; a terminal names secrets by environment variable.
    secret: async (name) => process.env[name],
  })
}

async function obey(stack: Stack, order: (typeof orders)[number], flags: StackFlags): Promise<number> {
  switch (order) {
    case 'up':
      return up(stack, flags)
    case 'down':
      return report(stack, await withProgress(stack, flags, () => stack.stop()), flags)
    case 'status':
      process.stdout.write(`${flags.json ? JSON.stringify(stack.state, undefined, 2) : stateText(stack.state)}\n`)
      return stack.state.phase === 'up' ? 0 : 1
    case 'preflight': {
      const preflight = await stack.preflight()
      process.stdout.write(`${flags.json ? JSON.stringify(preflight, undefined, 2) : preflightText(preflight)}\n`)
      return preflight.canStart ? 0 : 1
    }
    case 'proof':
      return printProof(stack, flags)
    case 'logs':
      return logs(stack, flags)
    case 'restart':
      return report(stack, await withProgress(stack, flags, () => stack.restart(backend(flags))), flags)
    case 'reset':
      return report(stack, await withProgress(stack, flags, () => stack.reset(backend(flags))), flags)
    case 'upgrade':
      return report(stack, await withProgress(stack, flags, () => stack.upgrade()), flags)
    case 'import':
      return report(stack, await withProgress(stack, flags, () => stack.importImages(fileOf(flags))), flags)
    case 'uninstall':
      return report(stack, await withProgress(stack, flags, () => stack.uninstall(flags.images)), flags)
  }
}

/** An embedded backend lives in this process' child, so the command stays until it is told to end. */
async function up(stack: Stack, flags: StackFlags): Promise<number> {
  const answer = await withProgress(stack, flags, () => stack.start())
  let code = report(stack, answer, flags)
  if (code === 0 && flags.proof) code = await printProof(stack, flags)
  if (code !== 0 || stack.state.provider !== 'embedded') return code
  process.stderr.write('The embedded backend runs until Ctrl-C.\n')
  const unsubscribe = stack.subscribe(() => undefined)
  await untilInterrupted()
  unsubscribe()
  return 0
}

async function withProgress(stack: Stack, flags: StackFlags, work: () => Promise<StackAnswer>): Promise<StackAnswer> {
  const cancel = (): void => stack.cancel()
  process.once('SIGINT', cancel)
  const finish = flags.json ? () => undefined : printProgress(stack)
  try {
    return await work()
  } finally {
    finish()
    process.off('SIGINT', cancel)
  }
}

function report(stack: Stack, answer: StackAnswer, { json }: StackFlags): number {
  if (json) process.stdout.write(`${JSON.stringify({ answer, state: stack.state }, undefined, 2)}\n`)
  else if (answer.kind === 'done') process.stdout.write(`${stateText(stack.state)}\n${answer.words}\n`)
  else if (answer.kind === 'cancelled') process.stderr.write('weir: cancelled\n')
  else process.stderr.write(`weir: ${answer.problem.message}\n${answer.problem.nextStep}\n`)
  return answer.kind === 'done' ? 0 : 1
}

async function logs(stack: Stack, flags: StackFlags): Promise<number> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const print = (lines: readonly { readonly text: string }[]): void => {
    process.stdout.write(lines.map(({ text }) => `${text}\n`).join(''))
  }
  await stack.followLogs(backend(flags), print, stop.signal)
  return 0
}

const backend = (flags: StackFlags) => oneOf('backend', flags.words.at(1), backendNames)

function fileOf({ words }: StackFlags): string {
  const file = words.at(1)
  if (file !== undefined) return file
  throw new WeirError('bad-flag', 'weir stack import: no file named', 'Name a tar made by `docker save`.')
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
