import { expect, test, vi } from 'vitest'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { DiskChange, Project, Saved } from '../../../host/contract/project.ts'
import { Cell } from '../cell.ts'
import { ConfigDocument } from '../config-document.ts'
import { ProjectSession } from './project-session.ts'

const config = 'prometheus.echo "a" { }\n\nprometheus.echo "b" { }\n\nprometheus.echo "c" { }\n'
const environment = { env: () => undefined, hostname: 'here', os: 'linux', arch: 'amd64', version: 'v0' }

/** A host with one file, and timers that run when the test says so. */
class Stage {
  disk = { text: config, version: 'v1' }
  draft: Project['draft']
  running = config
  readonly asked: string[] = []
  readonly session: ProjectSession
  private readonly timers = new Set<() => void>()
  private versions = 1
  private hear: ((change: DiskChange) => void) | undefined
  private path: string | undefined = '/home/me/config.alloy'
  refuse = false
  readonly visible = new Cell(true)

  constructor() {
    const document = new ConfigDocument('', { file: 'config.alloy', environment })
    const client = { call: this.call, subscribe: this.subscribe, watchConnection: this.watch } as unknown as WeirClient
    const later = (_ms: number, action: () => void): (() => void) => {
      this.timers.add(action)
      return () => this.timers.delete(action)
    }
    this.session = new ProjectSession({ client, document, later, nativeDialogs: false, visible: this.visible })
  }

  async begin(): Promise<ProjectSession> {
    this.session.start()
    await settled()
    return this.session
  }

  async pass(): Promise<void> {
    for (const action of this.timers) {
      this.timers.delete(action)
      action()
    }
    await settled()
  }

  async writeBehind(text: string): Promise<void> {
    this.disk = { text, version: `v${++this.versions}` }
    this.hear?.({ kind: 'written', ...this.disk })
    await settled()
  }

  /** Another program takes the file away, or puts it back as it was. */
  async takeAway(kind: 'gone' | 'back'): Promise<void> {
    this.hear?.(kind === 'gone' ? { kind } : { kind: 'written', ...this.disk })
    await settled()
  }

  private readonly call = async (name: string, args: Record<string, unknown>): Promise<unknown> => {
    this.asked.push(name)
    switch (name) {
      case 'openProject':
        return { path: this.path, ...this.disk, positions: {}, draft: this.draft, readOnly: false } satisfies Project
      case 'newProject':
        return { path: undefined, text: '', version: '', positions: {}, draft: undefined, readOnly: false }
      case 'runningConfig':
        return this.running
      case 'saveProject':
        return this.save(args as { text: string; expected: string; path?: string; force?: boolean })
      case 'saveDraft':
        this.draft = { text: args.text as string, at: 0 }
        return null
      case 'discardDraft':
        this.draft = undefined
        return null
      case 'applyConfig':
        if (this.refuse) return { kind: 'refused', diagnostics: [] }
        this.running = args.text as string
        return { kind: 'applied', diagnostics: [] }
      default:
        throw new Error(`nobody answers ${name}`)
    }
  }

  private save({
    text,
    expected,
    path,
    force,
  }: {
    text: string
    expected: string
    path?: string
    force?: boolean
  }): Saved {
    if (expected !== this.disk.version && force !== true) return { kind: 'changed-on-disk', ...this.disk }
    this.path = path ?? this.path
    this.disk = { text, version: `v${++this.versions}` }
    return { kind: 'saved', path: this.path!, version: this.disk.version }
  }

  private readonly subscribe = (name: string, _args: unknown, onEvent: (event: never) => void): (() => void) => {
    if (name === 'diskChanges') this.hear = onEvent as typeof this.hear
    if (name === 'collectorState') onEvent({ kind: 'running', address: '', since: 0, demo: false } as never)
    return () => undefined
  }

  private readonly watch = (onChange: (connection: { kind: string }) => void): (() => void) => {
    onChange({ kind: 'open' })
    return () => undefined
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
const type = (session: ProjectSession, at: string, insert: string): void =>
  session.document.type({ from: session.document.text.indexOf(at), insert }, 'input.type', {})

test('an edited text is unsaved and unapplied until it is saved and applied', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  expect(session.differences.get()).toEqual({ unsaved: false, unapplied: false })
  type(session, 'prometheus.echo "b"', '// mine\n')
  expect(session.differences.get()).toEqual({ unsaved: true, unapplied: true })
  expect(await session.save()).toBe(true)
  expect(stage.disk.text).toBe(session.document.text)
  expect(session.differences.get()).toEqual({ unsaved: false, unapplied: true })
  expect(await session.apply()).toBe(true)
  expect(session.differences.get()).toEqual({ unsaved: false, unapplied: false })
})

test('of a file that is gone the text is kept, until it is saved again or the file is back', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  await stage.takeAway('gone')
  expect(session.happening.get()).toEqual({ kind: 'gone' })
  expect(session.differences.get()).toEqual({ unsaved: true, unapplied: false })
  await stage.pass()
  expect(stage.draft?.text).toBe(session.document.text)
  await stage.takeAway('back')
  expect(session.differences.get().unsaved).toBe(false)
  await stage.pass()
  expect(stage.draft).toBeUndefined()
  await stage.takeAway('gone')
  expect(await session.save()).toBe(true)
  expect(session.differences.get().unsaved).toBe(false)
  expect(session.question.get()).toBeUndefined()
})

test('a refused text stays as it is and what runs goes on', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  stage.refuse = true
  type(session, 'prometheus.echo "b"', 'oops\n')
  const { text } = session.document
  expect(await session.apply()).toBe(false)
  expect(session.applying.get()).toEqual({ kind: 'refused', diagnostics: [] })
  expect(session.document.text).toBe(text)
  expect(session.running.get()).toBe(config)
})

test('what another program wrote is taken over while nothing was edited, and can be undone', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  await stage.writeBehind(`${config}\n// theirs\n`)
  expect(session.document.text).toBe(`${config}\n// theirs\n`)
  expect(session.differences.get().unsaved).toBe(false)
  expect(session.happening.get()).toEqual({ kind: 'reloaded' })
  session.document.undo()
  expect(session.document.text).toBe(config)
})

test('changes of different lines by two programs come together, and saving writes both', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  type(session, 'prometheus.echo "a"', '// mine\n')
  await stage.writeBehind(`${config}// theirs\n`)
  expect(session.document.text).toBe(`// mine\n${config}// theirs\n`)
  expect(session.question.get()).toBeUndefined()
  expect(await session.save()).toBe(true)
  expect(stage.disk.text).toBe(`// mine\n${config}// theirs\n`)
})

test('changes of one line by two programs are asked about, and either answer keeps what it says', async () => {
  for (const answer of ['mine', 'theirs', 'later'] as const) {
    const stage = new Stage()
    const session = await stage.begin()
    type(session, 'prometheus.echo "b"', '// mine\n')
    const mine = session.document.text
    const theirs = config.replace('prometheus.echo "b"', '// theirs\nprometheus.echo "b"')
    await stage.writeBehind(theirs)
    expect(session.question.get()?.question).toMatchObject({ kind: 'conflict', theirs })
    session.question.get()!.answer(answer)
    await settled()
    expect(session.question.get()).toBeUndefined()
    expect(session.document.text).toBe(answer === 'theirs' ? theirs : mine)
    expect(session.differences.get().unsaved).toBe(answer !== 'theirs')
    expect(stage.disk.text).toBe(theirs)
  }
})

test('a file that changed unheard is merged on saving', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  type(session, 'prometheus.echo "a"', '// mine\n')
  stage.disk = { text: `${config}// theirs\n`, version: 'unheard' }
  expect(await session.save()).toBe(true)
  expect(stage.disk.text).toBe(`// mine\n${config}// theirs\n`)
})

test('unsaved text is kept as a draft, offered after a crash and forgotten when saved', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  type(session, 'prometheus.echo "a"', '// mine\n')
  await stage.pass()
  expect(stage.draft?.text).toBe(`// mine\n${config}`)
  const after = new Stage()
  after.draft = stage.draft
  const next = await after.begin()
  expect(next.question.get()?.question.kind).toBe('recover')
  next.question.get()!.answer('recover')
  await settled()
  expect(next.document.text).toBe(`// mine\n${config}`)
  await next.save()
  await settled()
  expect(after.draft).toBeUndefined()
})

test('a window that is hidden keeps its draft at once: it may be gone the next moment', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  stage.visible.set(false)
  expect(stage.draft).toBeUndefined()
  stage.visible.set(true)
  type(session, 'prometheus.echo "a"', '// mine\n')
  expect(stage.draft).toBeUndefined()
  stage.visible.set(false)
  expect(stage.draft?.text).toBe(`// mine\n${config}`)
})

test('a discarded draft is gone and the file is as it was', async () => {
  const stage = new Stage()
  stage.draft = { text: 'older', at: 0 }
  const session = await stage.begin()
  session.question.get()!.answer('discard')
  await settled()
  expect(stage.draft).toBeUndefined()
  expect(session.document.text).toBe(config)
})

test('unsaved text is not given up without a word', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  type(session, 'prometheus.echo "a"', '// mine\n')
  void session.create()
  await settled()
  expect(session.question.get()?.question.kind).toBe('unsaved')
  session.question.get()!.answer('cancel')
  await settled()
  expect(session.document.text).toBe(`// mine\n${config}`)
  void session.create()
  await settled()
  session.question.get()!.answer('discard')
  await settled()
  expect(session.document.text).toBe('')
  expect(session.file.get().path).toBeUndefined()
})

test('a file without a name asks for one, and goes by it from then on', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  await session.create()
  const saved = session.save()
  await settled()
  expect(session.question.get()?.question).toMatchObject({ kind: 'choose-file', purpose: 'save' })
  session.question.get()!.answer({ path: '/home/me/new.alloy' })
  expect(await saved).toBe(true)
  expect(session.file.get().path).toBe('/home/me/new.alloy')
})

test('a big text is read when typing pauses, and a gesture made meanwhile meets its place', async () => {
  const big = Array.from({ length: 3_000 }, (_, index) => `prometheus.echo "n${index}" { }\n`).join('')
  const timers: (() => void)[] = []
  const later = (_ms: number, action: () => void): (() => void) => {
    timers.push(action)
    return () => void timers.splice(timers.indexOf(action), 1)
  }
  const document = new ConfigDocument(big, { file: 'config.alloy', environment, later })
  const heard = vi.fn()
  document.snapshot.subscribe(heard)
  const place = big.indexOf('"n1500"')
  document.type({ from: 0, insert: '// x\n' }, 'input.type', {})
  expect(document.text.startsWith('// x\n')).toBe(true)
  expect(heard).not.toHaveBeenCalled()
  expect(document.placeNow(place)).toBe(place + 5)
  document.apply({ kind: 'edits', edits: [{ span: { start: place, end: place + 7 }, text: '"met"' }] })
  expect(document.text).toBe(`// x\n${big.replace('"n1500"', '"met"')}`)
  expect(document.snapshot.get().text).toBe(document.text)
  document.type({ from: 0, insert: '// y\n' }, 'input.type', {})
  timers.forEach((action) => action())
  expect(document.snapshot.get().text).toBe(document.text)
})

test('what is edited while a save is under way is saved by the next', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  type(session, 'prometheus.echo "b"', '// one\n')
  const first = session.save()
  type(session, 'prometheus.echo "b"', '// two\n')
  expect(await session.save()).toBe(true)
  expect(await first).toBe(true)
  expect(stage.disk.text).toContain('// two')
  expect(session.differences.get().unsaved).toBe(false)
})

test('what is typed into a field and not finished is part of what is saved and applied', async () => {
  const stage = new Stage()
  const session = await stage.begin()
  const field = (text: string) => {
    const finish = (): void => {
      session.document.unfinished.delete(finish)
      type(session, 'prometheus.echo "b"', text)
    }
    session.document.unfinished.add(finish)
  }
  field('// one\n')
  await session.save()
  expect(stage.disk.text).toContain('// one')
  field('// two\n')
  await session.apply()
  expect(stage.running).toContain('// two')
})
