import { approveLogin, denyLogin } from '../../domain/device/approve.js'
import { createDeviceKey } from '../../domain/device/key.js'
import { beginLogin, exchangeDeviceCode } from '../../domain/device/login.js'
import { revokeOwnKey } from '../../domain/key/write.js'
import { ApiKeyType } from '../key/key.js'
import { newKeyFields } from '../key/new-key.js'
import { builder, type Inputs } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { guessing } from './guessing.js'

const userCodeField = (t: Inputs) => ({
  userCode: t.required('String', 'The code as the program shows it; case and hyphens do not count.'),
})

builder.relayMutationField(
  'beginDeviceLogin',
  {
    inputFields: (t) => ({
      program: t.optional(
        'String',
        'What the program calls itself, up to 200 characters; absent and null take the `User-Agent` of its request.',
      ),
    }),
  },
  {
    description:
      'Begins a login of a program that has no key yet; anybody may ask. A person approves it where the program sends them, by the code that it shows.',
    resolve: (_root, { input: { program } }, context) => beginLogin(context.store, context.from, program),
  },
  {
    outputFields: (t) => ({
      deviceCode: t.member(
        'deviceCode',
        'String',
        'What the program asks by; told this once, and to be kept from others.',
      ),
      userCode: t.member('userCode', 'String', 'What the program shows, such as `BCDF-GHJK`.'),
      expiresAt: t.member('expiresAt', 'DateTime', 'Until when it waits: ten minutes.'),
    }),
  },
)

builder.relayMutationField(
  'approveDeviceLogin',
  { inputFields: userCodeField },
  {
    description:
      'Lets the program that shows this code have a key of the viewer’s, good for no more than the viewer is. It takes a user with a role in a workspace, and the scope `sessions:write`.',
    resolve: async (_root, { input: { userCode } }, context) => {
      await guessing(context, (viewer) => approveLogin(context.store, viewer, userCode))
      return { isApproved: true }
    },
  },
  {
    outputFields: (t) => ({
      isApproved: t.member('isApproved', 'Boolean', 'Always true.'),
    }),
  },
)

builder.relayMutationField(
  'denyDeviceLogin',
  { inputFields: userCodeField },
  {
    description: 'Ends the login that shows this code; whoever may approve it may deny it.',
    resolve: async (_root, { input: { userCode } }, context) => {
      await guessing(context, (viewer) => denyLogin(context.store, viewer, userCode))
      return { isDenied: true }
    },
  },
  {
    outputFields: (t) => ({ isDenied: t.member('isDenied', 'Boolean', 'Always true.') }),
  },
)

builder.relayMutationField(
  'exchangeDeviceCode',
  {
    inputFields: (t) => ({
      deviceCode: t.required('String', 'The code of `beginDeviceLogin`.'),
    }),
  },
  {
    description:
      'Takes the code of an approved login for a token, once; anybody who holds it may ask. The error is `CONFLICT` while nobody has approved it, and `RATE_LIMITED` for who asks more than once a second.',
    resolve: async (_root, { input: { deviceCode } }, context) => {
      await context.limitPolls('exchange', deviceCode)
      return exchangeDeviceCode(context.store, deviceCode)
    },
  },
  {
    outputFields: (t) => ({
      accessToken: t.member(
        'accessToken',
        'String',
        'A credential that is good for `createDeviceKey`, once.',
      ),
      expiresInSeconds: t.member('expiresInSeconds', 'Int', 'For how many seconds it is good.'),
      userUuid: t.member('userId', 'UUID', 'Who approved the login.'),
    }),
  },
)

builder.relayMutationField(
  'createDeviceKey',
  {
    inputFields: (t) => ({
      name: t.required('String', 'The name for people: 1 to 100 characters.'),
      selfRevocable: t.optional(
        'Boolean',
        'Whether whoever holds it may end it by `revokeOwnKey`; absent and null mean not.',
      ),
      organizationUuid: t.optional('UUID', 'The organization that is expected; absent and null expect none.'),
      workspaceUuid: t.optional(
        'UUID',
        'The one workspace that it enters; absent and null mean those that were granted.',
      ),
      scopes: t.optional(
        ['String'],
        'What it is good for at most; absent and null mean all that was granted, and what was not granted does not count.',
      ),
    }),
  },
  {
    description:
      'Makes the key that a login was approved for, with the token of `exchangeDeviceCode`, which is used up. It ends after 90 days, or with the key that approved it.',
    resolve: async (_root, { input: { organizationUuid, workspaceUuid, ...input } }, context) =>
      createDeviceKey(context.store, (await context.caller()).viewer, {
        ...input,
        organizationId: organizationUuid,
        workspaceId: workspaceUuid,
      }),
  },
  { outputFields: newKeyFields },
)

builder.relayMutationField(
  'revokeOwnKey',
  {
    inputFields: (t) => ({
      id: t.optional('UUID', 'Uuid that the key is expected to have; absent and null expect none.'),
    }),
  },
  {
    description:
      'Ends the key that asks for good, if it was made so that it may; gateways may take it for a second more.',
    resolve: async (_root, { input: { id } }, context) =>
      revokeOwnKey(context.store, (await context.caller()).viewer, id ?? null),
  },
  { outputFields: payload('apiKey', ApiKeyType, 'The key as stored now.') },
)
