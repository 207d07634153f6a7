/** Session of the examples, as lists show it. */
export const listedExample = {
  id: 'session_01933b5a000070008000000000000001',
  organization_id: 'org_00000000000000000000000000000001',
  agent_id: 'agent_32c714bce4285b78a33e3c679b8f750a',
  status: 'idle' as const,
  created_at: '2026-02-07T10:01:00.000Z',
  updated_at: '2026-02-07T10:05:00.000Z',
  title: 'Fix login',
  tags: ['alpha', 'env:prod'],
  preview: 'Hi there',
  output_preview: 'Done.',
  started_at: '2026-02-07T10:01:05.000Z',
  usage: { input_tokens: 120, output_tokens: 30, cache_read_tokens: 7 },
}

const { preview: _, output_preview: __, ...session } = listedExample

/** The same as a single call shows it. */
export const sessionExample = session

/** A session that was made just now. */
export const newExample = {
  id: session.id,
  organization_id: session.organization_id,
  agent_id: session.agent_id,
  status: 'started' as const,
  created_at: session.created_at,
  updated_at: session.created_at,
  title: session.title,
  tags: session.tags,
}

/** What the SDK mount adds to each (contract 1.3). */
export const sdkExample = {
  harness_id: 'harness_00000000000000000000000000000001',
  workspace_id: 'wsp_000000000000000000000000000000b1',
  owner_principal_id: 'principal_000000000000000000000000000000c1',
  resolved_owner_user_id: '00000000-0000-0000-0000-0000000000c1',
  is_pinned: false,
}
