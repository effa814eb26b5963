import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'collector-core/**/*.test.ts',
      'host/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'electron/**/*.test.ts',
      'e2e/unit/**/*.test.ts',
    ],
    exclude: [...configDefaults.exclude, 'dist/**'],
    testTimeout: 15_000,
  },
})
