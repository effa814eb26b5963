import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'
import { Toasts } from './toast.tsx'

/** What the parts of this folder need around the whole window. */
export function DesignSystem({ children }: { readonly children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={400}>
        {children}
        <Toasts />
      </Tooltip.Provider>
    </CSPProvider>
  )
}
