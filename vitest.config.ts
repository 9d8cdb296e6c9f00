// The four kinds of test, each in the surroundings it needs.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const slow = 60_000

export default defineConfig({
  test: {
    // A forgotten `.only` would pass for a whole run.
    allowOnly: false,
    passWithNoTests: false,
    projects: [
      { test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'] } },
      {
        plugins: [vue()],
        test: { name: 'views', environment: 'happy-dom', include: ['tests/views/**/*.test.ts'] },
      },
      {
        test: {
          name: 'contract',
          environment: 'node',
          include: ['tests/contract/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/build-app.ts'],
          // One browser at a time: sound is timed, and two browsers on two cores would distort it.
          fileParallelism: false,
          testTimeout: slow,
          hookTimeout: slow,
        },
      },
    ],
  },
})
