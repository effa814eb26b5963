import { useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { catalog } from '../../../collector-core/catalog.ts'
import type { Fields } from '../../../collector-core/schema/field.ts'
import type { Definition } from '../../../collector-core/schema/definition.ts'
import { relabelRuleFields } from '../../../collector-core/schema/relabel-rule-fields.ts'
import type { RelabelRule } from '../../../collector-core/signal/relabel-rule.ts'
import type { ComponentNode } from '../../../collector-core/graph/graph.ts'
import { useCell, useConnection } from '../../live/connection-context.ts'
import { drawPipeline } from '../../model/picture.ts'
import { useSnapshot, useWorkbench } from '../../model/workbench-context.ts'
import { Badge } from '../../ui/badge.tsx'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { DocText } from '../../ui/doc-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SignalGlyph } from '../../ui/signal-glyph.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useWords } from '../../ui/use-words.ts'
import { DocsTab } from './docs-tab.tsx'
import { Form } from './form/form.tsx'
import styles from './inspector.module.css'
import { HealthLine } from './live-tab/health-line.tsx'
import { LiveTab } from './live-tab/live-tab.tsx'
import { RulesTab } from './rules-tab/rules-tab.tsx'
import { words } from './words.ts'

type TabName = 'form' | 'rules' | 'text' | 'docs' | 'live'

/** The tab that was chosen last, for the next component too: of a config that is edited, and of a pipeline that is watched. */
const lastTab: { edited: TabName; watched: TabName } = { edited: 'form', watched: 'live' }

interface InspectorProps {
  readonly id: string
  /** What runs is looked at rather than the config. */
  readonly watching?: boolean
}

/** Everything about one component: as a form, as text, what it is for, and what it does. */
export function Inspector({ id, watching = false }: InspectorProps) {
  const say = useWords(words)
  const { selection, spotlight, actions } = useWorkbench()
  const { checked, picture, text } = useSnapshot()
  const pipeline = useCell(useConnection().pipeline)
  const running = pipeline?.nodes.some((node) => node.id === id) === true
  const [tab, setTab] = useState<TabName>(lastTab[watching ? 'watched' : 'edited'])
  const [shownPlace, setShownPlace] = useState(spotlight.place.get())
  const place = useSyncExternalStore(spotlight.place.subscribe, spotlight.place.get)
  const node = checked.graph.byId.get(id)
  const drawn = picture.nodes.find((other) => other.id === id)
  if (node === undefined && !running) return null
  // A field that was asked for is in the form.
  if (place !== shownPlace) {
    setShownPlace(place)
    if (tab !== 'form' && tab !== 'text') setTab('form')
  }
  const choose = (name: TabName): void => {
    lastTab[watching ? 'watched' : 'edited'] = name
    setTab(name)
  }
  const definition = node?.definition
  const rules = rulesIn(definition, checked.args.get(id))
  const live = running ? (
    <LiveTab id={id} edges={drawPipeline(pipeline).edges} onSelect={(other) => selection.reveal(other)} />
  ) : (
    <EmptyState icon="live" title={say.notRunning} detail={say.notRunningDetail} />
  )
  const [kind, label] = node === undefined ? kindAndLabel(id) : [node.name, node.label]
  return (
    <aside
      className={styles.panel}
      aria-label={say.panel}
      data-pane="inspector"
      onKeyDown={(event) => {
        // A menu of the form is drawn elsewhere, and closes by itself.
        const here = event.currentTarget.contains(event.target as Node)
        if (event.key === 'Escape' && here && !event.defaultPrevented) actions.run('canvas.focus')
      }}
    >
      <header className={styles.header}>
        <div className={styles.kind}>
          <SignalGlyph kind={drawn?.kind ?? 'other'} />
          <span className={styles.name}>{kind}</span>
          {definition && definition.stability !== 'generally-available' && (
            <Badge>{say.stability[definition.stability]}</Badge>
          )}
          <IconButton
            icon="close"
            label={say.close}
            onClick={() => {
              actions.run('canvas.focus')
              selection.clear()
            }}
          />
        </div>
        <h2 className={styles.label}>{label}</h2>
        <p className={styles.summary}>
          <DocText text={node === undefined ? say.onlyRunning : (definition?.summary ?? say.opaque)} />
        </p>
        <HealthLine id={id} />
      </header>
      {node === undefined ? (
        <div className={styles.body}>{live}</div>
      ) : (
        <Tabs
          label={say.views}
          value={tab === 'rules' && rules === undefined ? 'form' : tab}
          onChange={choose}
          tabs={[
            { name: 'form', label: say.tabs.form, content: <Body>{<FormTab node={node} />}</Body> },
            ...(rules === undefined
              ? []
              : [
                  {
                    name: 'rules' as const,
                    label: say.tabs.rules,
                    content: <Body>{<RulesTab id={id} rules={rules} running={running} />}</Body>,
                  },
                ]),
            {
              name: 'text',
              label: say.tabs.text,
              content: (
                <Body>
                  <CodeBlock text={text.slice(node.block.span.start, node.block.span.end)} label={say.tabs.text} />
                </Body>
              ),
            },
            {
              name: 'docs',
              label: say.tabs.docs,
              content: <Body>{definition ? <DocsTab definition={definition} /> : <p>{say.opaque}</p>}</Body>,
            },
            { name: 'live', label: say.tabs.live, content: <Body>{live}</Body> },
          ]}
        />
      )}
    </aside>
  )
}

/** The rules of a relabel component, as far as they can be read. */
function rulesIn(
  definition: Definition | undefined,
  args: Readonly<Record<string, unknown>> | undefined,
): readonly RelabelRule[] | undefined {
  const fields: Readonly<Partial<Fields>> = definition?.arguments ?? {}
  const shape = fields.rule?.shape
  const isRelabel = shape?.kind === 'blocks' && Object.is(shape.fields.regex, relabelRuleFields.regex)
  return isRelabel ? ((args?.rule ?? []) as readonly RelabelRule[]) : undefined
}

const Body = ({ children }: { readonly children: ReactNode }) => <div className={styles.body}>{children}</div>

function FormTab({ node: { id, block, definition } }: { readonly node: ComponentNode }) {
  const say = useWords(words)
  if (definition === undefined) return <EmptyState icon="components" title={say.opaque} detail={say.opaqueHint} />
  return <Form key={id} block={block} fields={definition.arguments} component={id} />
}

/** The parts of an id, for a component that is not in the text. */
function kindAndLabel(id: string): readonly [string, string] {
  const name = [...catalog.components.keys()].find((known) => id.startsWith(`${known}.`))
  const cut = name?.length ?? id.lastIndexOf('.')
  return [id.slice(0, cut), id.slice(cut + 1)]
}
