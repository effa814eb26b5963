// A program pinned to a core, and what it has used so far.
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'

/** Starts a program on one core; what it prints to standard error is kept for the error message of a failed run. */
export function startPinned(core, command, args, options = {}) {
  const child = spawn('taskset', ['-c', String(core), command, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  })
  let errors = ''
  child.stderr.on('data', (bytes) => {
    errors = (errors + bytes).slice(-4000)
  })
  child.stdout.resume()
  const exited = new Promise((resolve) => child.once('exit', resolve))
  return {
    pid: child.pid,
    child,
    errors: () => errors,
    cpuSeconds: () => cpuSeconds(child.pid),
    memory: () => memory(child.pid),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await exited
      clearTimeout(timer)
    },
  }
}

/** User and system CPU seconds of all threads, from the scheduler's nanosecond counts where the kernel keeps them. */
export function cpuSeconds(pid) {
  try {
    let nanoseconds = 0
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
    }
    return nanoseconds / 1e9
  } catch {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  }
}

/** Resident memory now and at its highest, MiB. */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mib = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024
  return { rss: mib('VmRSS'), peak: mib('VmHWM') }
}
