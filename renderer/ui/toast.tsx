import { Toast } from '@base-ui/react/toast'
import { DocText } from './doc-text.tsx'
import { Icon } from './icon.tsx'
import { useWords } from './use-words.ts'
import { words } from './words.ts'
import styles from './toast.module.css'
import { translation } from '../model/translation.ts'

export interface Notice {
  readonly tone: 'done' | 'warning' | 'failed'
  readonly title: string
  /** Where, and what to do about it. */
  readonly detail?: string
  readonly action?: { readonly label: string; readonly onClick: () => void }
  /** A notice with the same id takes the place of the earlier one. */
  readonly id?: string
}

const toasts = Toast.createToastManager<Pick<Notice, 'tone'>>()

/** Shows a notice for a few seconds; one that failed stays until it is closed. What comes from outside is translated. */
export function notify({ tone, title, detail, action, id }: Notice): void {
  if (id !== undefined) toasts.close(id)
  toasts.add({
    id,
    title: translation.get()(title),
    description: detail !== undefined && <DocText text={detail} />,
    data: { tone },
    timeout: tone === 'failed' ? 0 : 6000,
    priority: tone === 'done' ? 'low' : 'high',
    ...(action && { actionProps: { children: action.label, onClick: action.onClick } }),
  })
}

/** Takes a notice back, because what it said is no longer so. */
export function withdrawNotice(id: string): void {
  toasts.close(id)
}

/** Where notices appear; stands once in the window. F6 leads there. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts} limit={4}>
      <Viewport />
    </Toast.Provider>
  )
}

const icons = { done: 'check', warning: 'warning', failed: 'error' } as const

function Viewport() {
  const { notices, close } = useWords(words)
  const shown = Toast.useToastManager<Pick<Notice, 'tone'>>().toasts
  return (
    <Toast.Portal>
      <Toast.Viewport className={styles.viewport} aria-label={notices}>
        {shown.map((toast) => {
          const tone = toast.data?.tone ?? 'done'
          return (
            <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-tone={tone}>
              <Toast.Content className={styles.content}>
                <span className={styles.icon}>
                  <Icon name={icons[tone]} />
                </span>
                <div className={styles.words}>
                  <Toast.Title className={styles.title} />
                  <Toast.Description className={styles.detail} />
                  <Toast.Action className={styles.action} />
                </div>
                <Toast.Close className={styles.close} aria-label={close}>
                  <Icon name="close" size={14} />
                </Toast.Close>
              </Toast.Content>
            </Toast.Root>
          )
        })}
      </Toast.Viewport>
    </Toast.Portal>
  )
}
