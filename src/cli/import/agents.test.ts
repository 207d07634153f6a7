import { expect, test } from 'vitest'
import { agentCalled, agents, foldersOf } from './agents.js'

const unset = { claudeCode: null, codex: null, dataHome: null, geminiHome: null, copilot: null, pi: null }

test.each(['/home/ada', '/Users/ada'])('below %s each agent has its folders', (home) => {
  const found = Object.fromEntries(
    Object.entries(agents).map(([name, agent]) => [
      name,
      agent.folders(home, unset).map((folder) => folder.replace(home, '~')),
    ]),
  )
  expect(found).toEqual({
    'claude-code': ['~/.claude/projects'],
    codex: ['~/.codex/sessions', '~/.codex/archived_sessions'],
    copilot: ['~/.copilot/session-state', '~/.copilot/history-session-state'],
    'gemini-cli': ['~/.gemini/tmp'],
    opencode: ['~/.local/share/opencode/storage/session', '~/.local/share/opencode/opencode.db'],
    pi: ['~/.pi/agent/sessions'],
    openhands: ['~/.openhands/conversations', '~/.openhands/sessions'],
    'qwen-code': ['~/.qwen/projects', '~/.qwen/tmp'],
  })
})

test('sessions of the Gemini CLI are found in records, in lines, and in those of sub-agents', () => {
  const { fileName } = agents['gemini-cli']
  for (const name of ['session-2026-05-03.json', 'session-2026-05-03T10-00-9e010000.jsonl', 'scout-1.jsonl'])
    expect(name).toMatch(fileName)
  expect('logs.json').not.toMatch(fileName)
})

test('variables of the agents themselves say otherwise', () => {
  const set = { claudeCode: '/c', codex: '/x', dataHome: '/d', geminiHome: '/g', copilot: '/p', pi: '/i' }
  expect(agents['gemini-cli'].folders('/home/ada', set)).toEqual(['/g/.gemini/tmp'])
  expect(agents.copilot.folders('/home/ada', set)[0]).toBe('/p/session-state')
  expect(agents.pi.folders('/home/ada', set)).toEqual(['/i/sessions'])
  expect(agents['claude-code'].folders('/home/ada', set)).toEqual(['/c/projects'])
  expect(agents.codex.folders('/home/ada', set)).toEqual(['/x/sessions', '/x/archived_sessions'])
  expect(agents.opencode.folders('/home/ada', set)).toEqual([
    ...['/d/opencode/storage/session', '/d/opencode/opencode.db'],
  ])
  expect(foldersOf(agents.pi, '/home/ada')).toEqual(['/home/ada/.pi/agent/sessions'])
})

test('an agent is called by its name, or by the first word of it', () => {
  expect(['gemini', 'claude', 'codex', 'gemini-cli', 'cli', 'open'].map(agentCalled)).toEqual([
    ...['gemini-cli', 'claude-code', 'codex', 'gemini-cli', null, null],
  ])
})
