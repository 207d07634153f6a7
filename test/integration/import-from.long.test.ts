import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { expectedRows, makeConversation } from '../support/agent-files/conversation.js'
import * as documents from '../support/agent-files/document-formats.js'
import { agentFiles } from '../support/agent-files/formats.js'
import { claudeCode } from '../support/agent-files/line-formats.js'
import { cli, migratedFolder, spawnCli, temporaryFolder } from '../support/cli.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const conversation = makeConversation(7, 2, 1)
const lines = claudeCode(conversation).map((line) => `${JSON.stringify(line)}\n`)
const contentOf = (name: keyof typeof agentFiles) => agentFiles[name].content(conversation)

/** What opencode's export holds, spread over files as its storage has them. */
function opencodeStorage(): Record<string, string> {
  const { info, messages } = documents.opencode(conversation) as any
  const id = 'ses_0a1b2c'
  const root = '.local/share/opencode/storage'
  const files: Record<string, object> = { [`${root}/session/global/${id}.json`]: { ...info, id } }
  for (const [number, { info: message, parts }] of messages.entries()) {
    const messageId = `msg_${String(number).padStart(4, '0')}`
    files[`${root}/message/${id}/${messageId}.json`] = { ...message, id: messageId, sessionID: id }
    for (const [index, part] of parts.entries())
      files[`${root}/part/${messageId}/prt_${index}.json`] = { ...part, messageID: messageId }
  }
  return Object.fromEntries(Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)]))
}

/** A conversation as the newer OpenHands keeps it: a state, and a file for each event. */
function openHandsFolder(): Record<string, string> {
  const text = (content: string) => [{ type: 'text', text: content }]
  const events = conversation.turns.flatMap(({ ask, answers }): object[] => [
    { kind: 'MessageEvent', source: 'user', llm_message: { role: 'user', content: text(ask) } },
    ...answers.flatMap(({ text: said, call }): object[] => {
      if (call === null)
        return [
          {
            ...{ kind: 'MessageEvent', source: 'agent', llm_response_id: said },
            llm_message: { role: 'assistant', content: text(said) },
          },
        ]
      const { id, name, result } = call
      const called = { tool_name: name, tool_call_id: id }
      return [
        { kind: 'ActionEvent', source: 'agent', llm_response_id: said, thought: text(said), ...called },
        {
          kind: 'ObservationEvent',
          source: 'environment',
          ...called,
          observation: { content: text(result) },
        },
      ]
    }),
  ])
  const root = `.openhands/conversations/${conversation.id.replaceAll('-', '')}`
  const base = { id: conversation.id, agent: { llm: { model: 'model-a' } }, execution_status: 'finished' }
  return Object.fromEntries([
    [`${root}/base_state.json`, JSON.stringify(base)],
    ...events.map((event, index) => [
      `${root}/events/event-${String(index).padStart(5, '0')}-0a.json`,
      JSON.stringify(event),
    ]),
  ])
}

const homes: Record<string, Record<string, string | Uint8Array>> = {
  'claude-code': { '.claude/projects/-w/0a.jsonl': contentOf('claude-code') },
  codex: { '.codex/sessions/2026/04/01/rollout-2026-0a.jsonl': contentOf('codex') },
  'gemini-cli': { '.gemini/tmp/ab12/chats/session-0a.json': contentOf('gemini-cli') },
  'qwen-code': { '.qwen/projects/-w/chats/0a.jsonl': contentOf('qwen-code') },
  copilot: { '.copilot/session-state/0a/events.jsonl': contentOf('copilot') },
  pi: { '.pi/agent/sessions/--w--/0a.jsonl': contentOf('pi') },
  opencode: opencodeStorage(),
  openhands: openHandsFolder(),
}

async function makeHome(files: Record<string, string | Uint8Array>): Promise<string> {
  const home = await temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true })
    await writeFile(join(home, path), content)
  }
  return home
}

const environment = (HOME: string) => ({ HOME, CLAUDE_CONFIG_DIR: '', CODEX_HOME: '', XDG_DATA_HOME: '' })

describe.each(Object.keys(homes))('--from %s', (agent) => {
  test('finds its folder, asks before it reads, and brings its sessions', async () => {
    const world = await openImportWorld(gateway.url)
    const home = await makeHome(homes[agent]!)
    const args = ['import', '--from', agent, ...world.flags]
    const asked = await cli(args, environment(home))
    expect(asked).toMatchObject({ code: 2, stdout: '' })
    expect(asked.stderr).toMatch(/^It would read 1 file .*; --yes says that it may\.\n$/)
    expect(await world.sessions()).toEqual([])

    const { code, stderr, stdout } = await cli([...args, '--yes'], environment(home))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^created 1, updated 0, skipped 0, failed 0/)
    const [session] = await world.sessions()
    const rows = session.rows.map(({ role, content, toolCalls }: any) => ({
      ...{ role, content, calls: (toolCalls ?? []).map(({ name }: any) => name) },
    }))
    expect(rows).toEqual(expectedRows(conversation))
    expect((await cli([...args, '--yes'], environment(home))).stdout).toMatch(
      /^created 0, updated 0, skipped 1/,
    )
  })

  test('without a folder says where it looked', async () => {
    const world = await openImportWorld(gateway.url)
    const home = await temporaryFolder()
    const { code, stderr } = await cli(
      ['import', '--from', agent, ...world.flags, '--yes'],
      environment(home),
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`^There are no sessions of .* in ${home}/.*\\.\n$`))
  })
})

test.skipIf(inject('postgresql') !== null)(
  'start --import brings an agent’s sessions along with the start, and follows them',
  async () => {
    const home = await makeHome({ '.claude/projects/-w/0a.jsonl': lines.slice(0, 2).join('') })
    const running = spawnCli(['start', '--port', '0', '--import', 'claude-code', '--yes'], {
      ...environment(home),
      DATA_FOLDER: await migratedFolder(),
      LOG_LEVEL: 'silent',
    })
    await running.until('created 1, updated 0, skipped 0, failed 0')
    await appendFile(join(home, '.claude/projects/-w/0a.jsonl'), lines.slice(2).join(''))
    await running.until(': updated, ')
    const [, url = ''] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(running.output.stdout) ?? []
    const shown = await cli(['show', conversation.id, '--json', '--url', url], { SESSION_GATEWAY_KEY: '' })
    expect(JSON.parse(shown.stdout).transcript.map(({ content }: any) => content)).toEqual(
      expectedRows(conversation).map(({ content }) => content),
    )
    running.child.kill('SIGTERM')
    expect(await running.ended).toBe(0)
  },
  120_000,
)

test.each([
  ['opencode', '.local/share/opencode'],
  ['openhands', '.openhands'],
])('what %s keeps as a folder is its sessions, not the files of their parts', async (agent, folder) => {
  const world = await openImportWorld(gateway.url)
  const home = await makeHome(homes[agent]!)
  const stored = await world.run(join(home, folder))
  expect(stored).toMatchObject({ code: 0, report: { created: 1, failed: 0 } })
})
