import { parsed } from '../../../otlp/loose-values.js'
import type { Span } from '../../../otlp/spans.js'
import type { LeftOut } from '../source.js'
import { LeftOutTally } from './left-out.js'
import { kept, members, type Shape } from './members.js'

/** What is taken in of spans and what they stand in; their attributes are looked at by name. */
export const otlpMembers = {
  groups: members('groups of spans', 'scopeSpans instrumentationLibrarySpans schemaUrl', {
    resource: members('resources', 'attributes'),
  }),
  scopes: members('scopes', 'spans schemaUrl', {
    scope: members('scopes', ''),
    instrumentationLibrary: members('scopes', ''),
  }),
  spans: members(
    'spans',
    'traceId spanId parentSpanId name kind startTimeUnixNano endTimeUnixNano flags attributes',
    {
      status: members('spans', 'code'),
      events: members('events of spans', 'timeUnixNano name attributes'),
    },
  ),
} satisfies Record<string, Shape>

/** Names of attributes that are read, or repeat what others say. */
const readNames = new RegExp(
  [
    String.raw`^(?:llm\.(?:in|out)put_messages|gen_ai\.(?:prompt|completion))\.\d+\.(?:message\.)?`,
    String.raw`(?:role|content|tool_call_id|id|contents\.\d+\.message_content\.(?:type|text|image\.image\.url)`,
    String.raw`|tool_calls\.\d+\.(?:tool_call\.)?(?:id|name|arguments|function\.(?:name|arguments)))$`,
    String.raw`|^gen_ai\.(?:operation\.name|(?:in|out)put\.messages|system_instructions|conversation\.id|agent\.name)$`,
    String.raw`|^gen_ai\.(?:request\.model|response\.model|tool\.(?:name|call\.(?:id|arguments|result)))$`,
    String.raw`|^gen_ai\.usage\.(?:(?:in|out)put_tokens|(?:prompt|completion)_tokens|total_tokens|cost)$`,
    String.raw`|^gen_ai\.usage\.cache_(?:read|creation)[._]input_tokens$`,
    String.raw`|^llm\.(?:response\.model_name|model_name|cost\.total)$`,
    String.raw`|^llm\.token_count\.(?:prompt|completion|total|prompt_details\.cache_(?:read|write))$`,
    String.raw`|^(?:openinference\.span\.kind|session\.id|agent\.name|(?:in|out)put\.(?:value|mime_type))$`,
    String.raw`|^(?:tool\.(?:name|id|parameters)|tool_call\.id)$`,
  ].join(''),
)
const eventNames = /^gen_ai\.(?:(?:system|user|assistant|tool)\.message|choice)$/

const called = members('calls', 'name arguments')
const parts: Record<string, Shape> = {
  text: members('parts', 'type content text'),
  reasoning: members('parts', 'type content thinking'),
  tool_call: members('parts', 'type id name arguments input'),
  tool_call_response: members('parts', 'type id tool_use_id response result content'),
}
const kinds = new Map([
  ['thinking', 'reasoning'],
  ['tool_use', 'tool_call'],
  ['tool_result', 'tool_call_response'],
])
/** Parts of other kinds are kept. */
const part: Shape = (given) => {
  const type = given.type === undefined ? 'text' : String(given.type)
  return parts[kinds.get(type) ?? type] ?? true
}
const message = members('messages', 'role tool_call_id id', {
  parts: part,
  content: part,
  tool_calls: members('calls', 'id type name arguments', { function: called }),
})
const messageAttributes = ['gen_ai.input.messages', 'gen_ai.output.messages']

/** Attributes of lists have the places of their elements in their names: `llm.tools.0.tool.json_schema`. */
function withoutPlaces(name: string): string {
  return name.replace(/\.\d+(?=\.|$)/g, '')
}

/** What a span of an agent says that has no place. */
export function unreadOf({ attributes, events }: Span): LeftOut[] {
  const leftOut = new LeftOutTally()
  for (const from of [
    attributes,
    ...events.filter(({ name }) => !eventNames.test(name)).map((event) => event.attributes),
  ]) {
    for (const name of Object.keys(from))
      if (!readNames.test(name)) leftOut.add(`${withoutPlaces(name)} of spans`)
    for (const name of messageAttributes) {
      const value = from[name]
      leftOut.addUnread(typeof value === 'string' ? parsed(value) : value, message)
    }
  }
  for (const { name, attributes: told } of events)
    if (eventNames.test(name)) leftOut.addUnread(told, toldMessage)
  return leftOut.list()
}

const toldMessage: Shape = (told) => (told.message === undefined ? event : eventWithMessage)
const event = members('messages', 'role content id tool_call_id tool_calls gen_ai.system')
const eventWithMessage = kept({ message })

/** Counts the attributes of what sent the spans, but for its name, together. */
export function addUnreadResource(attributes: unknown, leftOut: LeftOutTally): void {
  const others = Array.isArray(attributes) ? attributes.filter((one) => one?.key !== 'service.name') : []
  leftOut.add('attributes of resources', others.length)
}
