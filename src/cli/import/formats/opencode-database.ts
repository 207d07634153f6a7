import { parseExactly } from '../../../rules/exact-json.js'
import type { DatabaseRow, ReadDatabase } from '../file/read-database.js'
import type { Format } from '../format.js'
import { Unreadable } from '../source.js'
import { asText, type Json, looseName, looseObject, looseObjects } from './loose.js'
import { readExport } from './opencode.js'

/**
 * The database of newer versions of opencode, `~/.local/share/opencode/opencode.db`: sessions with messages and parts, and from
 * version 2 on sessions with messages that hold their parts. One that was brought over is read as the newer tables have it.
 */
export const opencodeDatabase: Format = {
  title: 'database of opencode',
  input: 'database',
  recognizes: () => false,
  recognizesTables: (tables) => hasFirst(tables) || hasSecond(tables),
  *read(database, defaults) {
    const newer = hasSecond(database.tables)
      ? new Set([...database.each('select id from session_v2')].map(({ id }) => String(id)))
      : new Set<string>()
    let number = 0
    for (const session of sessionsOf(database, newer)) {
      number += 1
      const id = String(session.id)
      const messages = newer.has(id) ? newerMessages(database, session) : olderMessages(database, id)
      yield* readExport({ info: infoOf(session), messages }, number, defaults)
    }
    if (number === 0) throw new Unreadable('it has no sessions')
  },
}

function hasFirst(tables: ReadonlySet<string>): boolean {
  return ['session', 'message', 'part'].every((name) => tables.has(name))
}

function hasSecond(tables: ReadonlySet<string>): boolean {
  return ['session_v2', 'session_message'].every((name) => tables.has(name))
}

/** Sessions in the order in which they began. */
function* sessionsOf(database: ReadDatabase, newer: ReadonlySet<string>): Generator<DatabaseRow> {
  const order = 'order by time_created, id'
  if (hasFirst(database.tables))
    for (const session of [...database.each(`select * from session ${order}`)])
      if (!newer.has(String(session.id))) yield session
  if (newer.size > 0) yield* [...database.each(`select * from session_v2 ${order}`)]
}

/** What an export says of a session. */
function infoOf({ id, title, parent_id, time_created, time_updated, ...others }: DatabaseRow): Json {
  const told = Object.entries(others).filter(([, value]) => value !== null && value !== 0 && value !== '')
  return {
    ...Object.fromEntries(told.map(([name, value]) => [name, columnOf(value)])),
    ...{ id, title },
    ...(looseName(parent_id) === null ? {} : { parentID: parent_id }),
    time: { created: time_created, updated: time_updated },
  }
}

/** What a column holds: a value, or the JSON of one. */
function columnOf(column: unknown): unknown {
  if (typeof column !== 'string' || !/^[{[]/.test(column)) return column
  try {
    return parseExactly(column)
  } catch {
    return column
  }
}

function* olderMessages(database: ReadDatabase, session: string): Generator<Json> {
  const messages = 'select id, data from message where session_id = ? order by time_created, id'
  for (const { id, data } of [...database.each(messages, [session])]) {
    const parts = database.each('select id, data from part where message_id = ? order by id', [String(id)])
    yield {
      info: { ...jsonIn(data), id },
      parts: [...parts].map((part) => ({ ...jsonIn(part.data), id: part.id })),
    }
  }
}

/** Of a session that was forked, what it has of the other one is there without its usage, which is the other one's. */
function* newerMessages(database: ReadDatabase, session: DatabaseRow): Generator<Json> {
  const id = String(session.id)
  const boundary = looseName(session.fork_boundary)
  const [last] =
    boundary === null ? [] : [...database.each('select seq from session_message where id = ?', [boundary])]
  const copiedUpTo = last === undefined ? -1 : Number(last.seq)
  const rows = database.each(
    'select id, type, seq, data from session_message where session_id = ? order by seq, id',
    [id],
  )
  for (const row of rows) {
    const message = toMessage(String(row.type), { ...jsonIn(row.data), id: row.id })
    if (message === null) continue
    const isCopied = Number(row.seq) <= copiedUpTo
    yield isCopied
      ? { ...message, info: { ...looseObject(message.info), tokens: undefined, cost: undefined } }
      : message
  }
}

function jsonIn(data: unknown): Json {
  return looseObject(parseExactly(String(data)))
}

/** A message of opencode 2 as an export of opencode 1 has it; null for what tells of no words. */
function toMessage(type: string, { id, ...data }: Json): { info: Json; parts: Json[] } | null {
  const { time, metadata } = data
  const shared = { id, time, ...(metadata === undefined ? {} : { metadata }) }
  const said = (text: unknown, members: Json = {}) => ({ type: 'text', text, ...members })
  if (type === 'user') {
    const { text, files: given, ...others } = data
    const files = looseObjects(given).map(({ uri, name, ...file }) => ({
      ...{ ...file, type: 'file', url: uri, filename: name },
    }))
    return { info: { ...others, ...shared, role: 'user' }, parts: [said(text), ...files] }
  }
  if (type === 'synthetic' || type === 'system')
    return { info: { ...shared, role: 'user' }, parts: [said(data.text, { synthetic: true })] }
  if (type === 'shell') {
    const lines = [`! ${asText(data.command)}`, asText(data.output)].filter((line) => line !== '')
    return { info: { ...shared, role: 'user' }, parts: [said(lines.join('\n'))] }
  }
  if (type === 'compaction')
    return { info: { ...shared, role: 'assistant', summary: true }, parts: [said(data.summary)] }
  if (type !== 'assistant') return null
  const { model, content, ...others } = data
  const { id: modelID, providerID } = looseObject(model)
  const info = { ...others, ...shared, role: 'assistant', modelID, providerID }
  return {
    info,
    parts: looseObjects(content).map((part) => (part.type === 'tool' ? toTool(part) : part)),
  }
}

function toTool({ id, name, state, time }: Json): Json {
  const { status, input, content, error, attachments } = looseObject(state)
  const texts = looseObjects(content).flatMap(({ text }) => looseName(text) ?? [])
  const files = [...looseObjects(content), ...looseObjects(attachments)].filter(
    ({ type, uri }) => type !== 'text' && uri,
  )
  return {
    ...{ type: 'tool', id, callID: id, tool: name },
    state: {
      ...{ status, input, output: texts.join('\n') },
      ...(error === undefined ? {} : { error: looseObject(error).message ?? error }),
      attachments: files.map(({ uri, mime }) => ({ type: 'file', url: uri, mime })),
      time: { end: looseObject(time).completed },
    },
  }
}
