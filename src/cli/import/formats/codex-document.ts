import type { Format, SourceRecord } from '../format.js'
import { isList, isObject } from '../source.js'
import { readRollout } from './codex.js'
import { type Json, looseObject } from './loose.js'
import { nameOf } from './names.js'

/** Rollouts of the first versions of the Codex CLI, `~/.codex/sessions/rollout-….json`: a session and the list of its items. */
export const codexDocument: Format = {
  title: 'Codex rollout',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) && isObject(first.session) && 'id' in first.session && isList(first.items),
  name: ({ value, number }) => nameOf(looseObject(looseObject(value).session).id, number),
  lists: ['items'],
  read: ({ value }, defaults) => readRollout(entriesOf(looseObject(value)), defaults),
}

/** The document as the entries that later versions write, which have the time of the session. */
function* entriesOf({ session, items, ...beside }: Json): Generator<SourceRecord> {
  const meta = looseObject(session)
  yield {
    value: { type: 'session_meta', timestamp: meta.timestamp, payload: { ...beside, ...meta } },
    number: 0,
    at: 'session',
  }
  let number = 0
  for (const item of isList(items) ? items : []) {
    number += 1
    const value = isObject(item) ? { type: 'response_item', payload: item } : item
    yield { value, number, at: `item ${number}` }
  }
}
