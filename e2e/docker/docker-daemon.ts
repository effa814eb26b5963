// A Docker daemon of the tests' own: private socket, data and runtime folder, nothing pulled; networks only where asked for.
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waitUntil } from '../wait-until.ts'

export class DockerDaemon {
  /** The programs it takes to run one and to make its images. */
  static readonly needs = ['dockerd', 'docker', 'setpriv', 'cc', 'tar']
  private readonly folder = mkdtempSync(join(tmpdir(), 'weir-e2e-docker-'))
  private process: ChildProcess | undefined
  private readonly networks: boolean

  /** With `networks`, containers of one user-defined network reach one another, which takes firewall rules. */
  constructor({ networks = false } = {}) {
    this.networks = networks
  }

  get host(): string {
    return `unix://${this.folder}/docker.sock`
  }

  async start(): Promise<void> {
    const { folder } = this
    const log = join(folder, 'dockerd.log')
    const command = [
      `dockerd --iptables=${this.networks} --bridge=none --storage-driver=vfs`,
      `--data-root ${folder}/data --exec-root ${folder}/run -p ${folder}/docker.pid -H ${this.host} >>${log} 2>&1`,
    ].join(' ')
    // The kernel ends the daemon, and the daemon its containers, when this process dies without a word.
    const child = spawn('sh', ['-c', `exec setpriv --pdeathsig TERM ${command}`], { stdio: 'ignore' })
    this.process = child
    await waitUntil(
      () => `the Docker daemon answers\n${readFileSync(log, 'utf8').slice(-4000)}`,
      () => {
        if (child.exitCode !== null) throw new Error(`dockerd ended:\n${readFileSync(log, 'utf8').slice(-4000)}`)
        return this.tryDocker('version').status === 0
      },
      60_000,
      200,
    )
  }

  /** Stops the daemon and, with it, its containers. */
  async stop(): Promise<void> {
    const child = this.process
    if (child === undefined || child.exitCode !== null) return
    this.process = undefined
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }

  /** Stops for good and removes everything it kept. */
  async destroy(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }

  /** Runs the command line client; fails when it fails. */
  docker(...args: readonly string[]): string {
    const { status, stdout, stderr } = this.tryDocker(...args)
    if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${stderr.toString()}`)
    return stdout.toString().trim()
  }

  /** Makes an image out of a root file system; `changes` are Dockerfile instructions such as `USER 1`. */
  importImage(image: string, rootFilesystem: Buffer, changes: readonly string[]): void {
    const flags = changes.flatMap((change) => ['--change', change])
    const { status, stderr } = spawnSync('docker', ['-H', this.host, 'import', ...flags, '-', image], {
      input: rootFilesystem,
    })
    if (status !== 0) throw new Error(`docker import ${image}: ${stderr.toString()}`)
  }

  /** Makes the image `printer` out of one static binary. */
  buildPrinter(): void {
    const source = new URL('printer.c', import.meta.url).pathname
    const image = join(this.folder, 'image')
    mkdirSync(image)
    run('cc', '-static', '-O1', '-o', join(image, 'printer'), source)
    run('tar', '-C', image, '-cf', join(this.folder, 'image.tar'), 'printer')
    this.docker('import', join(this.folder, 'image.tar'), 'printer')
  }

  /** Starts a container that prints `count` numbered lines. */
  print(
    name: string,
    options: { count: number; pauseMicros?: number; longEvery?: number; flags?: readonly string[] },
  ): string {
    const { count, pauseMicros = 0, longEvery = 0, flags = [] } = options
    const numbers = [count, pauseMicros, longEvery].map(String)
    return this.docker(
      'run',
      '-d',
      '--network',
      'none',
      '--name',
      name,
      ...flags,
      'printer',
      '/printer',
      name,
      ...numbers,
    )
  }

  /**
   * The lines the engine has of a container, told apart by its own client's timestamps: pieces of a long line carry the
   * same one.
   */
  logged(name: string): string[] {
    const { stdout, stderr } = this.tryDocker('logs', '-t', name)
    return [...linesOf(stdout), ...linesOf(stderr)]
  }

  private tryDocker(...args: readonly string[]) {
    return spawnSync('docker', ['-H', this.host, ...args], { maxBuffer: 1024 * 1024 * 1024 })
  }
}

function linesOf(output: Buffer): string[] {
  const parts = output.toString('latin1').split(/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) /)
  const lines: string[] = []
  let open: string | undefined
  for (let i = 1; i < parts.length; i += 2) {
    const [time, text] = [parts[i], parts[i + 1]]
    if (open === time) lines[lines.length - 1] += text
    else lines.push(text)
    open = text.endsWith('\n') ? undefined : time
  }
  return lines.map((line) => line.replace(/\r?\n$/, '')).filter((line) => line !== '')
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args)
  if (status !== 0) throw new Error(`${command}: ${stderr.toString()}`)
}
