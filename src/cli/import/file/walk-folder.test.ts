import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findSessions } from '../find-sessions.js'
import { recognizeFile } from '../recognize.js'
import { findSourceFile } from './source-file.js'
import { sessionFileName, walkFolder } from './walk-folder.js'

const folder = mkdtempSync(join(tmpdir(), 'session-gateway-walk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, value: unknown) {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(value))
  return path
}

test('a folder of events in a file each is one session, in the order of their numbers', () => {
  const event = (id: number) => ({
    ...{ id, source: id === 0 ? 'user' : 'agent', action: 'message', args: { content: `text ${id}` } },
    timestamp: `2026-05-01T09:00:${10 + id}.000001`,
  })
  for (let id = 0; id < 12; id++) put(`a/events/${id}.json`, event(id))
  put('a/metadata.json', {
    conversation_id: '5e55aaaa00004000800000000000000b',
    title: 'Fix it',
    trigger: 'gui',
  })
  put('a/event_cache/0-25.json', [event(0)])
  // Numbers alone tell nothing.
  const chats = [0, 1].map((id) => put(`b/${id}.json`, [{ role: 'user', content: `chat ${id}` }]))
  const first = join(folder, 'a/events/0.json')
  expect([...walkFolder(folder, sessionFileName)]).toEqual([first, ...chats])

  const defaults = { agent: null, model: null, origin: null, labels: {}, path: first, formerSource: '0.json' }
  const found = [...findSessions(recognizeFile(findSourceFile(first), 'auto'), defaults)]
  const [session, ...others] = found.map((finding) => ('session' in finding ? finding.session : null))
  expect(others).toEqual([])
  expect(session).toMatchObject({
    ...{ identity: { by: 'id', id: '5e55aaaa-0000-4000-8000-00000000000b' }, title: 'Fix it' },
    metadata: { openhands: { trigger: 'gui' } },
  })
  const texts = [...(session?.messages() ?? [])].map(({ content }) => content)
  expect(texts).toEqual(Array.from({ length: 12 }, (_, id) => `text ${id}`))
})

test('what agents keep beside their sessions is not taken for one', () => {
  const session = put('beside/storage/session/p/ses_1.json', { id: 'ses_1' })
  for (const name of [
    'message/ses_1/msg_1',
    'part/msg_1/prt_1',
    'session_diff/ses_1',
    'project/p',
    'todo/ses_1',
  ])
    put(`beside/storage/${name}.json`, {})
  put('beside/h/logs.json', [{ sessionId: 's', messageId: 0 }])
  const chat = put('beside/h/chats/session-1.json', {})
  const alone = put('beside/other/logs.json', [])
  expect([...walkFolder(join(folder, 'beside'), sessionFileName)]).toEqual([chat, alone, session])
})
