import { useState } from 'react'
import type { WeirClient } from '../../../host/contract/client.ts'
import type { StackState } from '../../../host/contract/stack.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { useWords } from '../../ui/use-words.ts'
import type { Order } from './use-orders.ts'
import { words } from './words.ts'

interface StackMenuProps {
  readonly client: WeirClient
  readonly state: StackState
  readonly order: Order
}

/** What is seldom done: upgrade, import, uninstall. */
export function StackMenu({ client, state, order }: StackMenuProps) {
  const say = useWords(words)
  const [asking, setAsking] = useState<'uninstall' | 'import'>()
  const [images, setImages] = useState(false)
  const [path, setPath] = useState('')
  const isDocker = state.provider === 'docker'
  const close = (): void => setAsking(undefined)
  return (
    <>
      <Menu
        align="end"
        entries={[
          {
            label: say.upgrade,
            icon: 'up',
            disabled: !state.cards.some(({ upgradeTo }) => upgradeTo !== undefined),
            onSelect: () => void order(() => client.call('upgradeStack', {})),
          },
          { label: say.importImages, icon: 'import', disabled: !isDocker, onSelect: () => setAsking('import') },
          { kind: 'separator' },
          { label: say.uninstall, icon: 'delete', danger: true, onSelect: () => setAsking('uninstall') },
        ]}
      >
        <IconButton icon="more" label={say.more} />
      </Menu>
      <Dialog
        open={asking === 'uninstall'}
        onClose={close}
        title={say.uninstallTitle}
        detail={say.uninstallDetail}
        actions={
          <>
            <Button onClick={close}>{say.cancel}</Button>
            <Button
              kind="danger"
              onClick={() => {
                close()
                void order(() => client.call('uninstallStack', { images }))
              }}
            >
              {say.uninstallDo}
            </Button>
          </>
        }
      >
        {isDocker && <Checkbox checked={images} onChange={setImages} label={say.uninstallImages} />}
      </Dialog>
      <Dialog
        open={asking === 'import'}
        onClose={close}
        title={say.importImages}
        actions={
          <Button
            kind="primary"
            disabled={path === ''}
            onClick={() => {
              close()
              void order(() => client.call('importImages', { path }))
            }}
          >
            {say.importDo}
          </Button>
        }
      >
        <Field label={say.importPath}>
          <TextInput mono value={path} onChange={setPath} />
        </Field>
      </Dialog>
    </>
  )
}
