import type { FilesAround, Format } from '../format.js'
import { isObject, Unreadable } from '../source.js'
import { type Json, looseName, looseNumber, looseObject } from './loose.js'
import { nameOf } from './names.js'
import { readExport } from './opencode.js'

/** Ids name folders, so that one that is anything else is not followed. */
const ids = { session: /^ses_\w+$/, message: /^msg_\w+$/ }

/**
 * Sessions as opencode keeps them, `~/.local/share/opencode/storage`: a file a session, a message and a part, each kind below a
 * folder of its own.
 */
export const opencodeStorage: Format = {
  title: 'opencode session',
  input: 'beside',
  recognizes: ({ values: [first], shape }) =>
    shape === 'object' && isObject(first) && ids.session.test(String(first.id)) && isObject(first.time),
  looksLike: ({ path }) => /[/\\]opencode[/\\]storage[/\\]/.test(path),
  name: ({ value, number }) => nameOf(looseObject(value).id, number),
  read: ({ value, number }, defaults, around) => {
    const info = looseObject(value)
    const messages = messagesOf(String(info.id), around)
    if (messages === null) throw new Unreadable('the storage has no messages of it')
    return readExport({ info, messages }, number, defaults)
  },
}

/** The messages of a session with their parts, oldest first; older versions keep all of it below `session`. */
function messagesOf(session: string, around: FilesAround): Iterable<Json> | null {
  const layouts = [
    { messages: `../../message/${session}`, partsOf: (message: string) => `../../part/${message}` },
    { messages: `../message/${session}`, partsOf: (message: string) => `../part/${session}/${message}` },
  ]
  for (const { messages, partsOf } of layouts) {
    const infos = around.valuesIn(messages).filter(isObject)
    if (infos.length === 0) continue
    const begun = (info: Json) => looseNumber(looseObject(info.time).created) ?? 0
    const inTime = infos.toSorted((a, b) => begun(a) - begun(b))
    return withParts(inTime, (id) => (ids.message.test(id) ? around.valuesIn(partsOf(id)) : []))
  }
  return null
}

function* withParts(
  infos: readonly Json[],
  partsOf: (message: string) => readonly unknown[],
): Generator<Json> {
  for (const info of infos) yield { info, parts: partsOf(looseName(info.id) ?? '') }
}
