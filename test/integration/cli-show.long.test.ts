import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cli } from '../support/cli.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const id = '5e551000-0000-4000-8000-000000000001'
const long = Array.from({ length: 130 }, (_, index) => ({
  ...{ role: index % 2 === 0 ? 'user' : 'assistant', content: `row ${index}` },
  timestamp: new Date(Date.UTC(2025, 0, 1, 0, index)).toISOString(),
}))
const chats = [
  { id, title: 'Long talk', agent: 'coder', model: 'm-large', labels: { team: 'payments' }, messages: long },
  {
    ...{ id: 'tools', title: 'Tools \u001b[31mred', agent: 'reviewer', model: 'm-small', origin: 'eval' },
    labels: { team: 'search' },
    messages: [
      { role: 'user', content: 'Look.', timestamp: '2026-01-05T10:00:00Z' },
      {
        ...{ role: 'assistant', content: 'Looking.', reasoning_content: 'Hm, a file.' },
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'ls', arguments: '{"at":"."}' } }],
        ...{ usage: { prompt_tokens: 1200, completion_tokens: 34 }, cost: 0.25 },
        timestamp: '2026-01-05T10:00:05Z',
      },
      { role: 'tool', tool_call_id: 'c', content: 'a.ts', timestamp: '2026-01-05T10:00:06Z' },
    ],
  },
  {
    id: 'plain',
    title: 'Plain',
    messages: [{ role: 'user', content: 'Hi', timestamp: '2026-02-01T08:00:00Z' }],
  },
]

let world: ImportWorld
beforeEach(async () => {
  world = await openImportWorld(gateway.url)
  await world.put('chats.json', JSON.stringify(chats))
  expect(await world.run()).toMatchObject({ code: 0 })
})

const run = (command: string, ...more: string[]) => cli([command, ...more, ...world.flags])
const titles = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).title)

describe('list', () => {
  test('shows the newest first, a line each, with nothing that moves the cursor', async () => {
    const { code, stdout } = await run('list')
    expect(code).toBe(0)
    const [head, ...lines] = stdout.trimEnd().split('\n')
    expect(head).toMatch(/^id +last message +agent +model +rows +tokens +cost +title$/)
    expect(lines.map((line) => line.split(/\s{2,}/).at(-1))).toEqual(['Plain', 'Tools �[31mred', 'Long talk'])
    expect(lines[1]).toMatch(/reviewer +m-small +3 +1\.2k +\$0\.25/)
    // Nobody told what its rows used, which is not nothing.
    expect(lines[2]).toMatch(/coder +m-large +130 +- +- +Long talk/)
    expect(stdout).not.toContain('\u001b')
  })

  test.each([
    [
      ['--agent', 'coder', 'reviewer'],
      ['Tools \u001b[31mred', 'Long talk'],
    ],
    [['--model', 'm-large'], ['Long talk']],
    [['--origin', 'eval'], ['Tools \u001b[31mred']],
    [
      ['--label', 'team:payments', '--label', 'team:search'],
      ['Tools \u001b[31mred', 'Long talk'],
    ],
    [['--search', 'LONG'], ['Long talk']],
    [['--since', '2026-01-15'], ['Plain']],
    [['--until', '2025-12-31'], ['Long talk']],
    [['--no-workload'], ['Plain', 'Long talk']],
    [['--filter', '{"messageCount":{"min":100}}'], ['Long talk']],
    [
      ['--sort', 'messages'],
      ['Long talk', 'Tools \u001b[31mred', 'Plain'],
    ],
    [
      ['--sort', 'created', '--reverse'],
      ['Long talk', 'Tools \u001b[31mred', 'Plain'],
    ],
    [['--limit', '1'], ['Plain']],
  ])('%j', async (flags, expected) => {
    const { code, stdout, stderr } = await run('list', '--json', ...flags)
    expect({ code, stderr, titles: titles(stdout) }).toEqual({ code: 0, stderr: '', titles: expected })
  })

  test('says what is left, and when there is nothing', async () => {
    expect((await run('list', '--limit', '2')).stdout).toContain('2 of 3; --limit shows more.')
    expect(await run('list', '--search', 'nowhere')).toMatchObject({ code: 0, stdout: 'No sessions.\n' })
    expect(await run('list', '--filter', '{"nothing":1}')).toMatchObject({ code: 1, stdout: '' })
    for (const min of ['1e400', '9007199254740993', '7.9', '"5"']) {
      const refused = await run('list', '--filter', `{"messageCount":{"min":${min}}}`)
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toContain('filter.messageCount.min')
    }
  })

  test.each(['0', '100001', '0x10', '1e1', '7.5', ' 7', '', '٣', '99999999999999999999'])(
    'refuses a limit of %j, which is no whole number in range',
    async (limit) => {
      const { code, stdout, stderr } = await run('list', '--limit', limit)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain('It takes a whole number from 1 to 100000.')
    },
  )

  test.each(['5', '12', 'may 5', '2026-02-30', '2026-13-01', '2026-05-01T25:00', '1e3', '99999999999999d'])(
    'refuses to list since %j, which is no date',
    async (since) => {
      const { code, stdout, stderr } = await run('list', '--since', since)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain('It takes a date, or a time ago such as 7d.')
    },
  )
})

describe('show', () => {
  test('shows all rows of a long transcript in order, by a prefix of its id', async () => {
    const { code, stdout } = await run('show', id.slice(0, 8))
    expect(code).toBe(0)
    expect(stdout.startsWith(`Long talk\n${id}\ncoder · m-large\n`)).toBe(true)
    const shown = stdout.split('\n').filter((line) => /^row \d+$/.test(line))
    expect(shown).toEqual(long.map(({ content }) => content))
  })

  test('shows thoughts, calls, results, usage and cost of a row', async () => {
    const [tools] = (await world.sessions()).filter(({ title }) => title.startsWith('Tools'))
    const { stdout } = await run('show', tools.uuid)
    for (const text of ['Hm, a file.', '→ ls {"at":"."}', 'a.ts', '1.2k tokens, $0.25', 'team:search'])
      expect(stdout).toContain(text)
    expect(stdout).not.toContain('\u001b')
  })

  test('--json gives the session with its rows', async () => {
    const { stdout } = await run('show', id, '--json')
    const session = JSON.parse(stdout)
    expect(session).toMatchObject({ uuid: id, title: 'Long talk', messageCount: 130 })
    expect(session.transcript.map(({ content }: any) => content)).toEqual(long.map(({ content }) => content))
  })

  test('an id that nobody has is one sentence', async () => {
    const { organization, workspace } = world.place
    expect(await run('show', 'ffffffff')).toEqual({
      ...{ code: 1, stdout: '', stderr: `There is no session ffffffff in ${organization}/${workspace}.\n` },
    })
  })
})
