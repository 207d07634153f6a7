import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findSourceFile, openJsonFile } from './source-file.js'

test.each([
  ['one.jsonl', 'line 1'],
  ['one.ndjson', 'line 1'],
  ['one.json', 'value 1'],
])('the one value of %s is called %s, however it is refused', async (name, called) => {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-source-'))
  const read = async (text: string) => {
    await writeFile(join(folder, name), text)
    return [...openJsonFile(findSourceFile(join(folder, name), { name })).records(() => {})]
  }
  try {
    expect((await read('{"a":1}'))[0]?.at).toBe(called)
    await expect(read(`{"a":${'['.repeat(600)}${']'.repeat(600)}}`)).rejects.toThrow(
      `${name}: ${called} is nested`,
    )
    await expect(read('{"a":1,}')).rejects.toThrow(`${name} is not JSON: its ${called} cannot be read.`)
  } finally {
    await rm(folder, { recursive: true })
  }
})
