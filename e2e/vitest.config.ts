import { defineConfig } from 'vitest/config'

/** Tests of the whole against real peers: one file after another, because each starts processes of its own. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: ['e2e/build-once.ts'],
    setupFiles: ['e2e/end-with-runner.ts'],
    pool: 'forks',
    fileParallelism: false,
    // Real programs on a busy machine are late at times; what fails twice is broken.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
