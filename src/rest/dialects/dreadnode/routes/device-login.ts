import { callerRoute } from '../declare.js'
import {
  ApiKeyCreateRequest,
  ApiKeyResponse,
  DeviceCodeResponse,
  DeviceLoginResponse,
  DeviceTokenRequest,
  DeviceTokenResponse,
} from '../device-shapes.js'
import {
  BeginDeviceLoginDocument,
  CreateDeviceKeyDocument,
  ExchangeDeviceCodeDocument,
  ReadDeviceLoginDocument,
  RevokeOwnKeyDocument,
} from '../documents.generated.js'
import { toTimestamp } from '../shapes.js'

const tag = 'login'
const BODY_BYTES = 16 * 1024
const POLL_SECONDS = 2

const example = {
  device_code: 'sgd_kXc1…',
  user_id: '3f2b8c1e-5d4a-4b6f-9c7d-8e9f0a1b2c3d',
  moment: '2026-01-05T08:00:00.000000Z',
}

export const beginDeviceLogin = callerRoute({
  operationId: 'create_device_code',
  method: 'post',
  path: '/auth/device/code',
  summary: 'Begin a login',
  description: 'Begins a login of a program that has no key; a person approves it in a browser.',
  tag,
  forAnybody: true,
  refusals: [],
  answer: {
    description: 'The codes.',
    schema: DeviceCodeResponse,
    example: {
      device_code: example.device_code,
      user_code: 'BCDF-GHJK',
      expires_in: 600,
      expires_at: example.moment,
      interval: POLL_SECONDS,
    },
  },
  document: BeginDeviceLoginDocument,
  variables: () => ({ input: {} }),
  reply: ({ beginDeviceLogin: { expiresAt, ...codes } }) => ({
    ...codes,
    interval: POLL_SECONDS,
    expires_in: Math.max(0, Math.round((Date.parse(expiresAt) - Date.now()) / 1000)),
    expires_at: toTimestamp(expiresAt),
  }),
})

export const getDeviceLogin = callerRoute({
  operationId: 'get_device_code',
  method: 'get',
  path: '/auth/device/code/{device_code}',
  summary: 'See how a login stands',
  description:
    'Who approved it, `null` while nobody did; 403 once it was denied, 404 once it is over or used.',
  tag,
  forAnybody: true,
  refusals: [403, 404],
  answer: {
    description: 'How it stands.',
    schema: DeviceLoginResponse,
    example: { status: 'approved', user_id: example.user_id, expires_at: example.moment },
  },
  document: ReadDeviceLoginDocument,
  variables: ({ path }) => ({ deviceCode: path.device_code }),
  reply: ({ deviceLoginState: { user_id, expiresAt } }) => ({
    status: user_id === null ? ('pending' as const) : ('approved' as const),
    user_id,
    expires_at: toTimestamp(expiresAt),
  }),
})

export const exchangeDeviceCode = callerRoute({
  operationId: 'exchange_device_code',
  method: 'post',
  path: '/auth/device/token',
  summary: 'Take the token of a login',
  description: 'Takes the token of an approved login, once; 409 while nobody has approved it.',
  tag,
  forAnybody: true,
  refusals: [403, 404, 409],
  body: {
    schema: DeviceTokenRequest,
    description: 'The login.',
    limitBytes: BODY_BYTES,
    example: { device_code: example.device_code },
  },
  answer: {
    description: 'The token.',
    schema: DeviceTokenResponse,
    example: {
      access_token: 'sgd_9aTq…',
      token_type: 'bearer',
      expires_in: 300,
      user_id: example.user_id,
    },
  },
  document: ExchangeDeviceCodeDocument,
  variables: ({ body }) => ({ input: { deviceCode: body.device_code } }),
  reply: ({ exchangeDeviceCode }) => ({ ...exchangeDeviceCode, token_type: 'bearer' as const }),
})

export const createDeviceKey = callerRoute({
  operationId: 'create_api_key',
  method: 'post',
  path: '/user/api-keys',
  summary: 'Make the key of a login',
  description:
    'Makes the key that a person approved, with the token of the login as `Authorization: Bearer`; any other credential gets 403.',
  tag,
  refusals: [403, 404],
  body: {
    schema: ApiKeyCreateRequest,
    description: 'The key.',
    limitBytes: BODY_BYTES,
    example: { name: 'dreadnode-1a2b3c', allow_self_revoke: true },
  },
  answer: {
    description: 'The key, new.',
    schema: ApiKeyResponse,
    example: {
      id: '7a1d3c5e-9f20-4b42-8d64-a6c8e0f21436',
      name: 'dreadnode-1a2b3c',
      key: 'sgw_Zm9v…',
      prefix: 'sgw_Zm9vYmFy',
      allowed_scopes: ['sessions:read', 'sessions:write'],
      created_at: example.moment,
      expires_at: '2026-04-05T08:00:00.000000Z',
    },
  },
  document: CreateDeviceKeyDocument,
  variables: ({ body: { name, allow_self_revoke, org_id, workspace_id, allowed_scopes } }) => ({
    input: {
      name: name ?? 'API key',
      selfRevocable: allow_self_revoke,
      organizationUuid: org_id,
      workspaceUuid: workspace_id,
      scopes: allowed_scopes,
    },
  }),
  reply: ({ createDeviceKey: { secret, apiKey } }) => ({
    id: apiKey.id,
    name: apiKey.name,
    key: secret,
    prefix: apiKey.prefix,
    allowed_scopes: [...apiKey.scopes],
    created_at: toTimestamp(apiKey.createdAt),
    expires_at: apiKey.expiresAt === null ? null : toTimestamp(apiKey.expiresAt),
  }),
})

export const revokeOwnKey = callerRoute({
  operationId: 'revoke_self_api_key',
  method: 'delete',
  path: '/user/api-keys/self',
  summary: 'End the key that asks',
  description: 'Ends it for good, if it was made with `allow_self_revoke`; any other gets 403.',
  tag,
  answer: { status: 204, description: 'The key is ended.' },
  document: RevokeOwnKeyDocument,
  variables: () => ({ input: {} }),
  reply: () => {},
})
