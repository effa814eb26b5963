import type { ApiResponse } from './routes.ts'

/** A plain sentence as an answer. */
export const text = (status: number, body: string): ApiResponse => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body: `${body}\n`,
})
