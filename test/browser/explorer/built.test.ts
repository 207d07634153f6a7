import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createExplorer } from '../../../src/http/explorer.js'
import { missingForExplorer as missing } from './open-explorer.js'

const folder = fileURLToPath(new URL('../../../dist/explorer/', import.meta.url))
const BUDGET_BYTES = 250_000

/** Files that a built page or a built script loads at once, by their names. */
const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name as string)
const ofPage = /(?:src|href)="\/explorer\/files\/([^"]+\.js)"/g
const ofScript = /(?:^|[;\s])import(?:[^"'()]*from)?\s*["']\.\/([^"']+\.js)["']/g

describe.skipIf(missing !== null)(`the explorer as built${missing ? ` (skipped: ${missing})` : ''}`, () => {
  test('the scripts of its first screen stay below 250 kB as they travel, whichever way they are compressed', () => {
    const wanted = new Set(named(readFileSync(`${folder}index.html`, 'utf8'), ofPage))
    expect(wanted.size).toBeGreaterThan(0)
    for (const file of wanted)
      for (const other of named(readFileSync(`${folder}files/${file}`, 'utf8'), ofScript)) wanted.add(other)
    // The chart above the list comes right behind it.
    const text = [...wanted].map((file) => readFileSync(`${folder}files/${file}`, 'utf8')).join('\n')
    for (const chart of new Set(named(text, /["'./]((?:histogram)-[\w-]+\.js)["']/g))) {
      wanted.add(chart)
      for (const other of named(readFileSync(`${folder}files/${chart}`, 'utf8'), ofScript)) wanted.add(other)
    }
    for (const kind of ['gz', 'br']) {
      const bytes = [...wanted].reduce(
        (sum, file) => sum + readFileSync(`${folder}files/${file}.${kind}`).length,
        0,
      )
      expect(bytes, `${[...wanted].join(' ')} as ${kind}`).toBeLessThan(BUDGET_BYTES)
      expect(bytes).toBeGreaterThan(100_000)
    }
  })

  test('a file that is gone since the gateway began is not found, and no request waits for it', async () => {
    const name = `gone-${randomUUID()}.js`
    writeFileSync(`${folder}files/${name}`, 'export {}')
    const file = createExplorer({ demoKey: null, isKeyless: async () => false })?.find(
      `/explorer/files/${name}`,
    )
    const server = createServer((req, res) => file?.(req, res)).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/explorer/files/${name}`
    expect((await fetch(url)).status).toBe(200)
    rmSync(`${folder}files/${name}`)
    expect((await fetch(url)).status).toBe(404)
  })

  test('it names no address of another origin that it could load', () => {
    const html = readFileSync(`${folder}index.html`, 'utf8')
    expect(named(html, /(?:src|href)="(https?:[^"]+)"/g)).toEqual([])
    expect(html).not.toMatch(/<style|<script>|style="/)
  })
})
