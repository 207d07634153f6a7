import { parse } from 'graphql'
import { type ModelStore, sql } from '../../db/sql.js'
import { eraseUser, findUserId } from '../../domain/retention/erase.js'
import { OperationFailed } from '../../rest/route.js'
import { blameAbsent } from '../blame.js'
import { enterAsOperator, operatorOf } from '../operator.js'
import type { Batch } from '../retention/remove-all.js'
import { named } from '../terminal-text.js'
import { executeAs } from './execute-as.js'

interface Within {
  org: string
  workspace: string
}

const enter = (store: ModelStore, { org, workspace }: Within) =>
  enterAsOperator(store, { organization: org, workspace })

/** Tells the uuid of the user, and the time of the store. */
async function begin(
  store: ModelStore,
  { user, ...within }: Within & { user: string },
): Promise<{ userId: string; at: string }> {
  const absent = `There is nobody ${named(user)} in ${within.org}; a user who is gone is named by uuid.`
  const userId = await findUserId(store, await enter(store, within), user).catch(blameAbsent(absent))
  const [row] = await store.$queryRaw<{ at: Date }[]>(sql`select now() as at`)
  if (row === undefined) throw new Error('The store tells no time')
  return { userId, at: row.at.toISOString() }
}

interface Reading extends Within {
  userId: string
  query: string
  variables: object
}

/** Executes an operation that reads, as the user. */
async function read(
  store: ModelStore,
  { userId, query, variables, ...within }: Reading,
): Promise<{ data: unknown } | { refusal: string; code: string }> {
  const execute = executeAs(store, await enter(store, within), userId)
  try {
    return { data: await execute(parse(query) as never, variables) }
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error
    return { refusal: error.message, code: error.code }
  }
}

interface Removing extends Within {
  userId: string
  dryRun: boolean
  /** ISO 8601; null takes all. */
  changedBefore: string | null
}

/** Erases a batch of sessions, or says which would go. */
async function remove(
  store: ModelStore,
  { userId, dryRun, changedBefore, ...within }: Removing,
): Promise<Batch> {
  const access = await enter(store, within)
  const operator = operatorOf(access.organizationId, access.workspaceId)
  const before = changedBefore === null ? null : new Date(changedBefore)
  const { removed, count, sample } = await eraseUser(store, operator, access, {
    user: userId,
    dryRun,
    changedBefore: before,
  })
  return { removed, remaining: count, sample }
}

/** What erasing does to a store, by what it is called on the socket too. */
export const eraseActs = { 'erase begin': begin, 'erase read': read, 'erase remove': remove }
