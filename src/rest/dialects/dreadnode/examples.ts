import type { z } from '@hono/zod-openapi'
import type { SessionResponse } from './shapes.js'
import type { MessageResponse, SessionTranscriptResponse } from './transcript-shapes.js'

const ana = {
  id: '3f2b8c1e-5d4a-4b6f-9c7d-8e9f0a1b2c3d',
  email: 'ana@acme.example',
  username: 'ana',
  full_name: 'Ana Lima',
}

/** A session as the documents show it. */
export const sessionExample: z.input<typeof SessionResponse> = {
  id: '0b9c6a52-7e41-4d3f-8a15-2c4e6f8091a3',
  workspace_id: '7a1d3c5e-9f20-4b42-8d64-a6c8e0f21436',
  user_id: ana.id,
  created_by: ana,
  title: 'Fix login',
  agent: 'coder',
  model: 'm-large',
  origin: 'user',
  visibility: 'workspace',
  labels: { env: ['prod'], team: ['core', 'infra'] },
  message_count: 2,
  preview_text: 'The login page answers 500.',
  usage: {
    total_input_tokens: 1200,
    total_output_tokens: 340,
    total_cache_read_input_tokens: 800,
    total_cache_creation_input_tokens: 0,
    total_tool_call_count: 1,
    total_cost_usd: 0.0131,
    total_message_count: 2,
    last_generation_input_tokens: 2000,
    compaction_count: 0,
    current_message_count: 2,
    current_input_tokens: 1200,
    current_output_tokens: 340,
    current_cache_read_input_tokens: 800,
    current_cache_creation_input_tokens: 0,
    current_tool_call_count: 1,
    current_cost_usd: 0.0131,
  },
  project_id: null,
  project_key: null,
  project_name: null,
  runtime_id: null,
  group_id: null,
  group: null,
  created_at: '2026-01-31T09:30:00.000000Z',
  updated_at: '2026-01-31T09:41:12.345000Z',
  last_message_at: '2026-01-31T09:41:12.345000Z',
  archived_at: null,
  frozen_at: null,
  frozen_by: null,
  shared_at: '2026-01-31T09:30:00.000000Z',
  shared_by: ana,
  pinned_at: null,
}

/** A message as the documents show it. */
export const messageExample: z.input<typeof MessageResponse> = {
  id: '5c7e9a1b-3d5f-4072-9486-b8da0c2e4f61',
  seq: 0,
  role: 'user',
  content: 'The login page answers 500.',
  agent: null,
  model: 'm-large',
  parent_id: null,
  tool_call_id: null,
  tool_calls: null,
  metadata: null,
  compacted_at: null,
  created_at: '2026-01-31T09:30:00.000000Z',
  cost_usd: null,
  usage: null,
}

/** A page of a transcript as the documents show it. */
export const transcriptExample: z.input<typeof SessionTranscriptResponse> = {
  session: sessionExample,
  messages: [messageExample],
  current_system_prompt: 'You fix bugs.',
  has_more: false,
}
