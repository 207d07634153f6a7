import { z } from '@hono/zod-openapi'
import { callerRoute } from '../declare.js'
import { CheckKeyDocument, ListOrganizationsDocument, ReadUserDocument } from '../documents.generated.js'
import { Refusal } from '../errors.js'
import { OrganizationResponse, toOrganization, toUser, UserResponse } from '../look-up-shapes.js'
import { organizationExample, userExample } from '../tenancy-examples.js'

const tag = 'look-ups'

export const getUser = callerRoute({
  operationId: 'get_user',
  method: 'get',
  path: '/user',
  summary: 'Get who calls',
  description: 'The user of the key; a key without one gets 403. Any valid key may ask.',
  tag,
  answer: { description: 'The user.', schema: UserResponse, example: userExample },
  document: ReadUserDocument,
  variables: () => ({}),
  reply: ({ viewer: { user } }) => {
    if (user === null) throw new Refusal('FORBIDDEN', 'This key has no user')
    return toUser(user)
  },
})

export const listOrganizations = callerRoute({
  operationId: 'list_user_organizations',
  method: 'get',
  path: '/user/organizations',
  summary: 'List the caller’s organizations',
  description: 'The organization of the key, alone. Any valid key may ask.',
  tag,
  forAnyKey: true,
  answer: {
    description: 'The organizations.',
    schema: z.array(OrganizationResponse),
    example: [organizationExample],
  },
  document: ListOrganizationsDocument,
  variables: () => ({}),
  reply: ({ viewer: { organization } }) => [toOrganization(organization)],
})

export const getPreferences = callerRoute({
  operationId: 'get_user_preferences',
  method: 'get',
  path: '/user/preferences',
  summary: 'Get the caller’s preferences',
  description: 'Always empty: the gateway keeps none. Any valid key may ask.',
  tag,
  forAnyKey: true,
  answer: {
    description: 'The preferences.',
    schema: z.object({}).openapi('UserPreferences', { description: 'None.' }),
    example: {},
  },
  document: CheckKeyDocument,
  variables: () => ({}),
  reply: () => ({}),
})
