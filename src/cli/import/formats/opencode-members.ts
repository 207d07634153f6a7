import { isObject } from '../source.js'
import { kept, members, type Shape } from './members.js'

const of = 'id sessionID messageID type'
const tokens = members('usage', 'input output reasoning total', { cache: members('usage', 'read write') })
const spent = members('times', 'start end created completed updated')

const files = members('files', 'id sessionID messageID type mime url filename')
const parts: Record<string, Shape> = {
  text: members('parts', `${of} text synthetic`, { time: spent }),
  reasoning: members('parts', `${of} text`, { time: spent }),
  tool: members('parts', `${of} callID tool`, {
    state: members('calls', 'status input output error title metadata', { time: spent, attachments: files }),
  }),
  'step-start': members('steps', of),
  'step-finish': members('steps', `${of} cost reason`, { tokens }),
  compaction: members('compactions', `${of} tail_start_id`),
}
const picture = members('pictures', `${of} mime url`)

/** What is taken in of a part; files, patches and others are kept. */
const part: Shape = (given) => {
  const isPicture =
    given.type === 'file' && typeof given.url === 'string' && String(given.mime).startsWith('image/')
  return isPicture ? picture : (parts[String(given.type)] ?? true)
}

/** What is taken in of a message of an export. */
export const opencodeMessage: Shape = members('messages', '', {
  info: (info) => (info.role === 'assistant' ? answer : said),
  parts: part,
})
const model = members('models', 'providerID modelID')
const answer = kept({ tokens, time: spent, model })
const said = kept({ time: spent, model })

/** What is taken in of an export beside its messages. */
export const opencodeExport: Shape = members('exports', 'messages', {
  info: kept({ time: spent, model: members('models', 'providerID modelID id') }),
})

/** What is taken in of an event of a run, whose part is looked at as those of an export. */
export const opencodeEvent: Shape = members('events', 'type timestamp sessionID part', {
  error: (error) => (isObject(error.data) ? faultWithData : members('errors', 'name message')),
})
const faultWithData = members('errors', 'name message', { data: members('errors', 'message') })
