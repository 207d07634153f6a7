import { isObject } from '../source.js'
import { looseName } from './loose.js'
import { kept, members, type Shape } from './members.js'

const text = members('parts', 'text thought')
const call = members('parts', '', { functionCall: members('calls', 'id name args') })
const result = members('parts', '', {
  functionResponse: members('results', 'id name', {
    response: (response) =>
      'output' in response || 'error' in response ? members('results', 'output error') : true,
  }),
})
const picture = members('parts', '', { inlineData: members('pictures', 'mimeType data') })

/** What `readParts` takes in; parts of other kinds are as `rest` says. */
function partsWith(rest: Shape): Shape {
  return (part) => {
    if (typeof part.text === 'string') return text
    if (isObject(part.functionCall)) return call
    if (isObject(part.functionResponse)) return result
    const { inlineData } = part
    return isObject(inlineData) && String(inlineData.mimeType).startsWith('image/') ? picture : rest
  }
}

/** Content whose parts of other kinds are kept. */
const geminiParts = partsWith(true)

const message = kept({
  content: geminiParts,
  thoughts: members('thoughts', 'subject description timestamp'),
  tokens: members('tokens', 'input output cached thoughts tool total'),
  toolCalls: members('calls', 'id name args status resultDisplay timestamp agentId', { result: geminiParts }),
})

/** What is taken in of a message of a record. */
export const geminiMessage: Shape = message

const change = (members_: string) => members('lines', members_)
const changes = { set: change('$set'), rewind: change('$rewindTo') }

/** What is taken in of a line that is no message; the members of a record are kept. */
export const geminiLine: Shape = (line) => {
  if (typeof line.$rewindTo === 'string') return changes.rewind
  return isObject(line.$set) ? changes.set : true
}

/** What is taken in of a turn of a history. */
export const geminiTurn: Shape = members('messages', 'role', { parts: geminiParts })

const errors = members('errors', 'type message')
const events: Record<string, Shape> = {
  init: members('events', 'type timestamp session_id model'),
  message: members('events', 'type timestamp role content delta'),
  tool_use: members('events', 'type timestamp tool_name tool_id parameters'),
  tool_result: kept({ error: errors }),
  error: members('events', 'type timestamp severity message'),
  result: members('events', 'type timestamp status', {
    stats: members('stats', 'total_tokens input_tokens output_tokens cached input'),
    error: errors,
  }),
}

/** What is taken in of an event of a run; those of other kinds are counted as such. */
export const geminiEvent: Shape = ({ type }) => events[String(type)] ?? true

const usageMetadata = members(
  'usage',
  'promptTokenCount cachedContentTokenCount candidatesTokenCount thoughtsTokenCount toolUsePromptTokenCount totalTokenCount',
)
const said = kept({ message: members('messages', 'role', { parts: geminiParts }), usageMetadata })
const qwenRecords: Record<string, Shape> = {
  user: said,
  assistant: said,
  tool_result: kept({
    message: members('messages', 'role', {
      parts: partsWith((part) => ({ left: `${Object.keys(part).map(looseName).join(' ')} parts` })),
    }),
    toolCallResult: members('results', 'callId status resultDisplay error errorType'),
  }),
  system: (record) => qwenSystem[String(record.subtype)] ?? true,
}
const systemMembers = 'uuid parentUuid sessionId timestamp type subtype cwd version gitBranch'
const qwenSystem: Record<string, Shape> = {
  custom_title: members('titles', systemMembers, {
    systemPayload: members('titles', 'customTitle titleSource'),
  }),
  chat_compression: members('compactions', systemMembers, {
    systemPayload: members('compactions', 'compressedHistory'),
  }),
}

/** What is taken in of a record of Qwen Code; system records of other kinds are counted as such. */
export const qwenRecord: Shape = ({ type }) => qwenRecords[String(type)] ?? true
