import { z } from '@hono/zod-openapi'
import { list, orNull, scalar, text, uuid } from './scalars.js'
import { count, id, timestamp } from './shapes.js'

const secret = z.string().openapi({ description: 'To be kept from others.' })

export const DeviceCodeResponse = z
  .object({
    device_code: secret,
    user_code: z.string().openapi({ description: 'For people, at `/login/device?code=…`.' }),
    expires_in: count.openapi({ description: 'Seconds.' }),
    expires_at: timestamp,
    interval: count.openapi({ description: 'Seconds to wait between two questions.' }),
  })
  .openapi('DeviceCodeResponse', { description: 'A login that waits for a person (contract 13.1).' })

export const DeviceLoginResponse = z
  .object({ status: z.enum(['pending', 'approved']), user_id: id.nullable(), expires_at: timestamp })
  .openapi('DeviceLoginResponse', { description: 'How a login stands (contract 13.2).' })

export const DeviceTokenRequest = z
  .object({ device_code: text(256, { minLength: 1 }) })
  .openapi('DeviceTokenRequest', { description: 'The login whose token is asked for.' })

export const DeviceTokenResponse = z
  .object({ access_token: secret, token_type: z.literal('bearer'), expires_in: count, user_id: id })
  .openapi('DeviceTokenResponse', {
    description: 'A token that is good for making a key, once (contract 13.3).',
  })

const flag = scalar({ type: 'boolean' }, (value, refuse) => {
  if (typeof value !== 'boolean') refuse({ type: 'bool_type', msg: 'Input should be a valid boolean' })
  return value === true
})

export const ApiKeyCreateRequest = z
  .object({
    name: orNull(text(100, { minLength: 1 })),
    allow_self_revoke: orNull(flag),
    org_id: orNull(uuid()),
    workspace_id: orNull(uuid()),
    allowed_scopes: list(text(100), 1, 50).nullish(),
  })
  .openapi('ApiKeyCreateRequest', { description: 'A key to make (contract 13.4).' })

export const ApiKeyResponse = z
  .object({
    id,
    name: z.string(),
    key: secret.openapi({ description: 'Told this once.' }),
    prefix: z.string(),
    allowed_scopes: z.array(z.string()),
    created_at: timestamp,
    expires_at: timestamp.nullable(),
  })
  .openapi('ApiKeyResponse', { description: 'A key, new (contract 13.4).' })
