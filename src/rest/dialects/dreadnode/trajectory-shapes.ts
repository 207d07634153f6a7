import { z } from '@hono/zod-openapi'
import { messageExample, sessionExample } from './examples.js'
import { queryBoolean } from './query-scalars.js'
import { choice, withDefault } from './scalars.js'
import { count, id, SessionResponse, timestamp } from './shapes.js'
import { MessageResponse } from './transcript-shapes.js'

/** What to export a transcript as (contract 7). */
export const trajectoryQuery = z.object({
  format: withDefault(choice(['atif', 'openai', 'native']), 'atif').openapi({
    description: 'ATIF v1.7, Chat Completions messages, or the session with its messages (SES-TRAJ-002).',
  }),
  include_compacted: withDefault(queryBoolean, false).openapi({
    description: 'Also rows that a summary replaced (SES-TRAJ-010).',
  }),
})

const anything = z.record(z.string(), z.unknown())

const AtifStep = z
  .object({
    step_id: z.int().min(1),
    timestamp,
    source: z.enum(['user', 'agent', 'system']),
    message: z.string(),
    model_name: z.string().optional(),
    tool_calls: z
      .array(
        z.object({
          tool_call_id: z.string(),
          function_name: z.string(),
          arguments: anything,
          extra: anything.optional(),
        }),
      )
      .optional(),
    observation: z
      .object({ results: z.array(z.object({ source_call_id: z.string().optional(), content: z.string() })) })
      .optional(),
    metrics: z
      .object({
        prompt_tokens: count,
        completion_tokens: count,
        cached_tokens: count,
        cost_usd: z.number().optional(),
        extra: anything.optional(),
      })
      .optional(),
    extra: anything.optional(),
  })
  .openapi('AtifStep', { description: 'A step; calls, model and metrics stand on steps of the agent only.' })

const AtifTrajectory = z
  .object({
    steps: z.array(AtifStep),
    schema_version: z.literal('ATIF-v1.7'),
    session_id: id,
    trajectory_id: id,
    agent: z.object({ name: z.string(), version: z.string(), model_name: z.string().optional() }),
    extra: anything,
    final_metrics: z.object({
      total_prompt_tokens: count,
      total_completion_tokens: count,
      total_cached_tokens: count,
      total_cost_usd: z.number().optional(),
      total_steps: count,
    }),
  })
  .openapi('AtifTrajectory', { description: 'A transcript as ATIF v1.7; unset keys are left out.' })

const ChatMessage = z
  .object({
    role: z.enum(['system', 'user', 'assistant', 'tool']),
    content: z.string().nullable(),
    tool_call_id: z.string().optional(),
    tool_calls: z
      .array(
        z.object({
          id: z.string(),
          type: z.literal('function'),
          function: z.object({ name: z.string(), arguments: z.string() }),
        }),
      )
      .optional(),
  })
  .openapi('ChatMessage', { description: 'A message as the Chat Completions API takes it.' })

const NativeTrajectory = z
  .object({
    session: SessionResponse,
    messages: z.array(MessageResponse),
    events: z.array(z.unknown()).max(0).openapi({ description: 'Always empty.' }),
  })
  .openapi('NativeTrajectory', { description: 'A session with all its messages (SES-TRAJ-040).' })

/** The answer to an export; which of the three, the format says. */
export const trajectoryAnswer = {
  description: 'The whole transcript, streamed.',
  schema: z.union([AtifTrajectory, z.array(ChatMessage), NativeTrajectory]),
  example: {
    steps: [
      {
        step_id: 1,
        timestamp: messageExample.created_at,
        source: 'user' as const,
        message: messageExample.content,
        extra: { message_id: messageExample.id, seq: 0 },
      },
    ],
    schema_version: 'ATIF-v1.7' as const,
    session_id: sessionExample.id,
    trajectory_id: sessionExample.id,
    agent: { name: 'coder', version: 'unknown', model_name: 'm-large' },
    extra: { title: 'Fix login', origin: 'user' },
    final_metrics: {
      total_prompt_tokens: 0,
      total_completion_tokens: 0,
      total_cached_tokens: 0,
      total_cost_usd: 0,
      total_steps: 1,
    },
  },
}
