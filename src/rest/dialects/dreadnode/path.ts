import { z } from '@hono/zod-openapi'
import { queryUuid } from './query-scalars.js'

const text = (description: string, example: string) => z.string().openapi({ description, example })
const uuid = (description: string, example: string) => queryUuid.openapi({ description, example })

/** Parameters of paths, by name. Of a session, an evaluation and its items a prefix may stand for the uuid, of groups not (contract 1.6). */
export const parameters = {
  org: text('Key of the organization.', 'acme'),
  workspace: text('Key of the workspace.', 'main'),
  session_id: text('Uuid of the session, or a unique prefix of 4 to 31 hex digits.', '0b9c6a52'),
  device_code: text('The code of the login.', 'sgd_kXc1'),
  project: text('Key or uuid of the project.', 'default'),
  group_id: uuid('Uuid of the group.', '2d4f6081-93a5-4b7c-8d9e-0f1a2b3c4d5e'),
  evaluation_id: text('Uuid of the evaluation, or a unique prefix of 4 to 31 hex digits.', '4e6f8091'),
  item_id: text('Uuid of the item, or a unique prefix of 4 to 31 hex digits.', '6a7b8c9d'),
}

/** Whether a path holds a parameter that is refused when it is malformed. */
export function hasUuid(path: string): boolean {
  return path.includes('{group_id}')
}

const shapes = new Map<string, z.ZodObject>()

/** The shape of a path's parameters; kept, since zod compiles each shape when it is first used. */
export function pathShape(params: Readonly<Record<string, string>>): z.ZodObject {
  const names = Object.keys(params) as (keyof typeof parameters)[]
  const key = names.join()
  const shape = shapes.get(key) ?? z.object(Object.fromEntries(names.map((name) => [name, parameters[name]])))
  shapes.set(key, shape)
  return shape
}
