import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import relay from 'vite-plugin-relay'

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000'
const base = '/explorer/'
const entities = 'decode-named-character-reference'

/** Lets the page's scripts and styles load beside the small script that asks the first questions, not after it. */
function preloadPage(): Plugin {
  return {
    name: 'preload-page',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {}, chunk }) {
        const loaded = new Set(chunk?.imports)
        const [scripts, sheets] = [new Set<string>(), new Set<string>()]
        const add = (name: string) => {
          const found = bundle[name]
          if (found?.type !== 'chunk' || loaded.has(name) || scripts.has(name)) return
          scripts.add(name)
          for (const sheet of found.viteMetadata?.importedCss ?? []) sheets.add(sheet)
          for (const imported of found.imports) add(imported)
        }
        for (const found of Object.values(bundle)) if (found.name === 'page') add(found.fileName)
        return [
          ...[...scripts].map((name) => ({ rel: 'modulepreload', name })),
          ...[...sheets].map((name) => ({ rel: 'stylesheet', name })),
        ].map(({ rel, name }) => ({
          tag: 'link',
          injectTo: 'head' as const,
          attrs: { rel, crossorigin: true, href: `${base}${name}` },
        }))
      },
    },
  }
}

export default defineConfig(({ command }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // Its addresses begin at the root, so that each of them can be loaded anew there too.
  base: command === 'serve' ? '/' : base,
  plugins: [relay, react(), preloadPage()],
  resolve: {
    alias: [
      // What it has for browsers asks the document, which a worker lacks.
      { find: entities, replacement: fileURLToPath(import.meta.resolve(entities)) },
      // Its main file brings the containers of before hooks along.
      { find: /^react-relay$/, replacement: 'react-relay/hooks' },
    ],
  },
  build: {
    outDir: '../dist/explorer',
    emptyOutDir: true,
    assetsDir: 'files',
    target: 'es2022',
    // Styles and pictures stay files: the page's policy takes no inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'first',
              test: /src\/(first-questions|frame\/theme|gateway\/retry)\.ts$|preload-helper/,
              priority: 2,
            },
            { name: 'page', test: /src\/page\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: 4001,
    proxy: Object.fromEntries(['/graphql', '/assets', '/docs', '/openapi'].map((path) => [path, gateway])),
  },
}))
