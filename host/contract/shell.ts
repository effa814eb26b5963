/** What the user asks of a window by the desktop's menu, or by a file that was dropped on it or opened with Weir. */
export type ShellRequest =
  | { readonly kind: 'new' | 'open' | 'save' | 'save-as' | 'settings' }
  | { readonly kind: 'open-file'; readonly path: string }
