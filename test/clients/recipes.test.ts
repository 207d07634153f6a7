import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ClientHome, type ClientResult, makeClientHome } from './client.js'
import { type ClientGateway, startClientGateway } from './gateway.js'
import type { ClientName } from './install/clients.js'
import { adapt, recipes } from './recipes.js'
import { runRust } from './rust.js'
import { ask } from './sessions.js'

const installed = inject('clients')
const title = 'Flaky login test'

let gateway: ClientGateway
let home: ClientHome

/** By heading and language: whose recipe it is, how its user runs it, and what they see. */
const kinds: Record<
  string,
  { client: ClientName; run: (recipe: string) => Promise<ClientResult>; see: RegExp[] }
> = {
  "Dreadnode's CLI and SDK, sh": {
    client: 'dreadnode',
    run: (recipe) => home.run('bash', ['-e', '-c', recipe], withPath(installed.dreadnode.at)),
    see: [/Logged in to .* as tomas/, /user +tomas/, /· \d+ msgs?/],
  },
  "Dreadnode's CLI and SDK, python": {
    client: 'dreadnode',
    run: (recipe) => home.run(join(installed.dreadnode.at!, 'python'), ['-c', recipe]),
    see: [/^[0-9a-f-]{36} Why the login fails \d+$/m],
  },
  "Everruns' SDKs, python": {
    client: 'everrunsPython',
    run: (recipe) => home.run(join(installed.everrunsPython.at!, 'python'), ['-c', recipe]),
    see: [new RegExp(`^session_[0-9a-f]{32} ${title} True$`, 'm')],
  },
  "Everruns' SDKs, rust": {
    client: 'everrunsRust',
    run: runRustRecipe,
    see: [new RegExp(`^session_.* ${title}$`, 'm')],
  },
}

beforeAll(async () => {
  gateway = await startClientGateway()
  home = await makeClientHome()
  const projectId = (await ask(gateway, 'GET', '/projects/default')).id
  const talk = {
    id: crypto.randomUUID(),
    model: 'gpt-5',
    title: 'Why the login fails',
    project_id: projectId,
  }
  await ask(gateway, 'POST', '/sessions', talk)
})

afterAll(async () => {
  await gateway?.close()
  await home?.remove()
})

function withPath(folder: string | null): Record<string, string> {
  return { PATH: [folder, process.env.PATH].join(delimiter) }
}

async function runRustRecipe(recipe: string): Promise<ClientResult> {
  const seen = { id: crypto.randomUUID(), model: 'gpt-5', title, visibility: 'workspace' }
  await ask(gateway, 'POST', '/sessions', seen)
  const folder = join(installed.everrunsRust.at!, 'src', 'bin')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'recipe.rs'), recipe)
  return runRust(home, installed.everrunsRust.at!, 'recipe', [])
}

test('every recipe of the page is one of the cases', () => {
  expect(recipes.map(({ heading, language }) => `${heading}, ${language}`)).toEqual(Object.keys(kinds))
})

describe.each(recipes)('line $line: $heading, $language', ({ heading, language, text }) => {
  const kind = kinds[`${heading}, ${language}`]

  test.skipIf(kind !== undefined && installed[kind.client].missing !== null)(
    'does what it says',
    async () => {
      const { code, stdout, stderr } = await kind!.run(adapt(text, gateway))

      expect(code, stderr + stdout).toBe(0)
      for (const line of kind!.see) expect(stdout).toMatch(line)
    },
  )
})
