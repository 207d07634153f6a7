import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import relay from 'vite-plugin-relay'

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/explorer/',
  plugins: [relay, react()],
  build: {
    outDir: '../dist/explorer',
    emptyOutDir: true,
    assetsDir: 'files',
    target: 'es2022',
    // Styles and pictures stay files: the page's policy takes no inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 4001,
    proxy: Object.fromEntries(['/graphql', '/assets', '/docs', '/openapi'].map((path) => [path, gateway])),
  },
})
