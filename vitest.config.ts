import { resolve } from 'node:path'
import VueI18nPlugin from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { electronViteImports } from './test/support/electron-vite-imports.ts'

const messages = () =>
  VueI18nPlugin({ include: [resolve('src/renderer/i18n/*.json')], runtimeOnly: true, dropMessageCompiler: true })

/** A test, or its preparation, that says nothing for this long hangs, also on a computer with other work. */
const testTimeout = 60_000
const hookTimeout = testTimeout

export default defineConfig({
  test: {
    // A bundled worker depends on files that this cache does not know of: it would be started as it once was.
    fsModuleCache: false,
    projects: [
      {
        plugins: [electronViteImports()],
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**'],
          pool: 'forks',
          testTimeout,
          hookTimeout,
        },
      },
      {
        plugins: [vue(), messages()],
        test: { name: 'dom', environment: 'happy-dom', include: ['test/renderer/**/*.test.ts'], testTimeout },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
