export const session = '5e550000-0000-4000-8000-000000000009'
let number = 0

/** The next entry has the number 1. */
export function numberAnew(): void {
  number = 0
}

/** An entry under a uuid of its number, child of the one before unless said otherwise. */
export function entry(type: string, members: object = {}, id = ++number) {
  const uuidOf = (n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`
  return {
    ...{ type, uuid: uuidOf(id), parentUuid: id > 1 ? uuidOf(id - 1) : null, sessionId: session },
    ...{ isSidechain: false, cwd: '/w', timestamp: new Date(Date.UTC(2026, 4, 1, 9, 0, id)).toISOString() },
    ...members,
  }
}

export function user(content: unknown, members: object = {}) {
  return entry('user', { message: { role: 'user', content }, ...members })
}

export function answer(id: string, content: unknown[], members: object = {}, entryMembers: object = {}) {
  const message = { id, role: 'assistant', model: 'claude-a', content, stop_reason: null, ...members }
  return entry('assistant', { message, ...entryMembers })
}

export function use(id: string, name = 'Read', input: object = {}) {
  return { type: 'tool_use', id, name, input }
}

export function result(id: string, content: unknown = 'ok', members: object = {}) {
  return { type: 'tool_result', tool_use_id: id, content, ...members }
}

export function tokens(input: number, output: number) {
  return {
    input_tokens: input,
    output_tokens: output,
    cache_read_input_tokens: 7,
    cache_creation_input_tokens: 2,
  }
}
