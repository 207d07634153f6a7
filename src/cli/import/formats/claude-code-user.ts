import { isObject, type SourceMessage } from '../source.js'
import type { EntryFrame } from './claude-code-frame.js'
import type { readBlocks } from './content-blocks.js'
import { splitHarnessText } from './harness-text.js'
import { type Json, metadataOf } from './loose.js'
import { rowId } from './row-id.js'

const FORMAT = 'claude-code'
type Blocks = ReturnType<typeof readBlocks>

/** What a person typed, or a harness in a person's name. */
export function toPrompt(
  frame: EntryFrame,
  entry: Json,
  { text, pictures, rest }: Pick<Blocks, 'text' | 'pictures' | 'rest'>,
  at: string,
): SourceMessage {
  const command = commandIn(text)
  const { typed, wrapped } = command === null ? splitHarnessText(text) : { typed: command, wrapped: text }
  const isTyped = entry.isMeta !== true && (typed !== '' || pictures.length > 0 || rest.length > 0)
  return {
    ...frame.rowOf(entry, at),
    role: isTyped ? 'USER' : 'SYSTEM',
    content: isTyped ? typed : text,
    ...(pictures.length > 0 ? { pictures } : {}),
    metadata: metadataOf(FORMAT, {
      ...(isTyped && wrapped !== '' ? { wrapped } : {}),
      ...(entry.isMeta === true ? { isMeta: true } : {}),
      ...frame.ownMembers(entry),
      content: rest.length > 0 ? rest : null,
    }),
  }
}

/** The result of a call; `alone` tells that its line says nothing else, `keeps` that it has what stands beside it. */
export function toResult(
  frame: EntryFrame,
  entry: Json,
  result: Blocks['results'][number],
  at: string,
  { alone, keeps }: { alone: boolean; keeps: boolean } = { alone: false, keeps: false },
) {
  const { callId, text, isError, pictures, rest } = result
  const own =
    keeps && isObject(entry.toolUseResult) ? withoutBytes(entry.toolUseResult, pictures.length > 0) : null
  return {
    ...frame.rowOf(entry, at),
    ...(alone ? {} : { id: rowId(frame.session, entry.uuid, callId ?? '') }),
    role: 'TOOL' as const,
    content: text,
    toolCallId: callId,
    isError,
    ...(pictures.length > 0 ? { pictures } : {}),
    metadata: metadataOf(FORMAT, {
      toolUseResult: own,
      ...(keeps ? frame.ownMembers(entry) : {}),
      content: rest.length > 0 ? rest : null,
    }),
  }
}

/** What a harness says of a result, without the bytes of the picture that the result itself has. */
function withoutBytes(reported: Json, hasPicture: boolean): Json {
  if (!hasPicture || !isObject(reported.file)) return reported
  const { base64: _, ...file } = reported.file
  return { ...reported, file }
}

/** What a person typed that the harness wrote as elements: `/review src`, `! ls`; null for other texts. */
function commandIn(text: string): string | null {
  const shell = /^\s*<bash-input>/.exec(text)
  if (shell !== null && text.trimEnd().endsWith('</bash-input>'))
    return `! ${text.slice(shell[0].length, text.lastIndexOf('</'))}`
  if (!/^\s*<command-(?:name|message|args|contents)>/.test(text)) return null
  const name = between(text, 'command-name').replace(/^\//, '').trim()
  const args = between(text, 'command-args').trim()
  return name === '' ? null : `/${name}${args === '' ? '' : ` ${args}`}`
}

/** What the first element of this name holds; nothing for none. */
function between(text: string, element: string): string {
  const start = text.indexOf(`<${element}>`)
  const end = text.indexOf(`</${element}>`, start)
  return start === -1 || end === -1 ? '' : text.slice(start + element.length + 2, end)
}
