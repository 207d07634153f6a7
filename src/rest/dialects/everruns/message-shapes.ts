import { z } from '@hono/zod-openapi'
import type { ReadOrganizationMessagesQuery } from './documents.generated.js'
import { publicId, toPublicId } from './ids.js'
import { time } from './shapes.js'

const Part = z
  .union([
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('tool_call'), id: z.string(), name: z.string(), arguments: z.any() }),
    z.object({ type: z.literal('tool_result'), tool_call_id: z.string(), result: z.string() }),
  ])
  .openapi('MessagePart', { description: 'A piece of what a message says.' })

const roles = { SYSTEM: 'system', USER: 'user', ASSISTANT: 'agent', TOOL: 'tool_result' } as const

export const Message = z
  .object({
    id: publicId('message'),
    role: z.enum(['system', 'user', 'agent', 'tool_result']),
    content: z.array(Part),
    created_at: time,
    metadata: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Message', { description: 'A message of a session.' })

export const MessageList = z
  .object({ data: z.array(Message) })
  .openapi('MessageList', { description: 'All messages of a session, oldest first.' })

export const SdkMessageList = z
  .object({
    data: z.array(Message),
    messages: z.array(Message).openapi({ description: 'The same as `data`.' }),
  })
  .openapi('SdkMessageList', { description: 'All messages of a session as SDKs read them, oldest first.' })

export const messageExample = {
  id: 'message_01933b5a000070008000000000000011',
  role: 'user' as const,
  content: [{ type: 'text' as const, text: 'Hi there' }],
  created_at: '2026-02-07T10:01:05.000Z',
}

type Transcript = ReadOrganizationMessagesQuery['viewer']['organization']['session']['transcript']
export type MessageFields = Transcript['edges'][number]['node']

/** A message (contract 4.5). */
export function toMessage(message: MessageFields): z.input<typeof Message> {
  const { metadata } = message
  return {
    id: toPublicId('message', message.uuid),
    role: roles[message.role],
    content: toParts(message),
    created_at: message.createdAt,
    metadata: metadata === null || Object.keys(metadata).length === 0 ? undefined : metadata,
  }
}

function toParts({ role, content, toolCallId, toolCalls }: MessageFields): z.input<typeof Part>[] {
  if (role === 'TOOL') return [{ type: 'tool_result', tool_call_id: toolCallId ?? '', result: content }]
  const calls = (toolCalls ?? []).map((call) => ({
    type: 'tool_call' as const,
    id: call.callId,
    name: call.name,
    arguments: parseArguments(call.arguments),
  }))
  return content === '' && calls.length > 0 ? calls : [{ type: 'text', text: content }, ...calls]
}

/** The arguments as JSON, or the text as the model wrote it when it is none, or none that can be sent again. */
function parseArguments(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    // Throws for what is nested too deep to be written.
    JSON.stringify(value)
    return value
  } catch {
    return text
  }
}
