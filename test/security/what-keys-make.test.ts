import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { createSignIn } from '../../src/sign-in/sign-in.js'
import { deviceToken } from '../support/device-login.js'
import { ask, type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { startSignInWorld } from '../support/sign-in-world.js'
import { openTestStore } from '../support/store.js'

const create = `mutation C($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { secret apiKey { expiresAt isBound scopes } } }`
const createOfLogin = 'mutation { createDeviceKey(input: { name: "dn" }) { apiKey { expiresAt } } }'

async function newKey({ store, organizationId, ana }: SeededWorkspace, key: object = {}) {
  const secret = generateSecret()
  const { id } = await createApiKey(store, { organizationId, userId: ana.userId, name: 'k', ...key }, secret)
  return { id, secret }
}

async function createBy({ yoga, place }: SeededWorkspace, secret: string, input: object = {}) {
  const { data, errors } = await ask(yoga, secret, create, {
    input: { ...place, name: 'CI', scopes: ['sessions:read'], ...input },
  })
  return errors ? errors[0]!.extensions : data.createApiKey
}

describe('a key that ends', () => {
  test('makes keys that end with it, unless they are to end before', async () => {
    const seeded = await seedWorkspace()
    const end = new Date(Date.now() + 3_600_000)
    const { secret } = await newKey(seeded, { expiresAt: end })
    for (const more of [{}, { expiresAt: null }, { service: true }, { expiresAt: end.toISOString() }]) {
      const made = await createBy(seeded, secret, more)
      expect(made.apiKey).toMatchObject({ expiresAt: end.toISOString(), isBound: true })
      // Nor by way of the key that it made.
      expect((await createBy(seeded, made.secret)).apiKey?.expiresAt ?? end.toISOString()).toBe(
        end.toISOString(),
      )
    }
    const sooner = new Date(end.getTime() - 60_000).toISOString()
    expect((await createBy(seeded, secret, { expiresAt: sooner })).apiKey.expiresAt).toBe(sooner)
  })

  test('makes none that lasts longer', async () => {
    const seeded = await seedWorkspace()
    const end = new Date(Date.now() + 3_600_000)
    const { secret } = await newKey(seeded, { expiresAt: end })
    const later = new Date(end.getTime() + 1000).toISOString()
    expect(await createBy(seeded, secret, { expiresAt: later })).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['expiresAt'] }],
    })
    const { secret: lasting } = await newKey(seeded)
    expect((await createBy(seeded, lasting, { expiresAt: later })).apiKey.expiresAt).toBe(later)
    expect((await createBy(seeded, lasting)).apiKey.expiresAt).toBeNull()
  })
})

describe('a login whose approval no longer holds makes no key', () => {
  const makeKey = async ({ yoga }: SeededWorkspace, token: string) => {
    const { errors } = await ask(yoga, token, createOfLogin)
    return errors ? errors[0]!.extensions.code : 'made'
  }

  test('once the key that approved it is revoked, or has ended', async () => {
    const seeded = await seedWorkspace()
    for (const data of [{ revokedAt: new Date() }, { expiresAt: new Date(Date.now() - 1) }]) {
      const { id, secret } = await newKey(seeded)
      const token = await deviceToken(seeded.store, secret)
      await seeded.store.apiKey.update({ where: { id }, data })
      expect(await makeKey(seeded, token)).toBe('UNAUTHENTICATED')
    }
    const { secret } = await newKey(seeded)
    expect(await makeKey(seeded, await deviceToken(seeded.store, secret))).toBe('made')
  })

  test('once whoever approved it has no role any more', async () => {
    const seeded = await seedWorkspace()
    const { store, organizationId, bob } = seeded
    const token = await deviceToken(store, bob.key)
    await store.workspaceMember.deleteMany({ where: { organizationId, userId: bob.userId } })
    expect(await makeKey(seeded, token)).toBe('FORBIDDEN')
  })

  test('once the workspace that it was for is gone', async () => {
    const seeded = await seedWorkspace()
    const { store, organizationId, ana } = seeded
    const workspaceId = randomUUID()
    await store.workspace.create({ data: { organizationId, id: workspaceId, slug: 'brief', name: 'Brief' } })
    await store.workspaceMember.createMany({
      data: { organizationId, workspaceId, userId: ana.userId, role: 'ADMIN' },
    })
    const { secret } = await newKey(seeded, { workspaceId })
    const token = await deviceToken(store, secret)
    await store.apiKey.updateMany({ where: { organizationId, workspaceId }, data: { workspaceId: null } })
    await store.workspace.deleteMany({ where: { organizationId, id: workspaceId } })
    expect(await makeKey(seeded, token)).toBe('NOT_FOUND')
  })

  test('once the browser that approved it is signed out, or its time is over', async () => {
    const world = await startSignInWorld({}, { createSignIn })
    try {
      for (const state of ['signed out', 'over', 'signed in']) {
        const { browser } = await world.signIn(world.person())
        const begun = await world.ask(
          browser,
          'mutation { beginDeviceLogin(input: {}) { deviceCode userCode } }',
        )
        const { deviceCode, userCode } = begun.data.beginDeviceLogin
        const approve = `mutation { approveDeviceLogin(input: { userCode: "${userCode}" }) { isApproved } }`
        expect((await world.ask(browser, approve)).errors).toBeUndefined()
        const exchange = `mutation { exchangeDeviceCode(input: { deviceCode: "${deviceCode}" }) { accessToken } }`
        const { accessToken } = (await world.ask(browser, exchange)).data.exchangeDeviceCode
        if (state === 'signed out')
          await browser.fetch(`${world.url}/auth/sign-out`, {
            method: 'POST',
            headers: { 'GraphQL-Require-Preflight': '1' },
          })
        if (state === 'over')
          await (await openTestStore()).store.browserSession.updateMany({
            where: { organization: { slug: world.organization } },
            data: { expiresAt: new Date(Date.now() - 1) },
          })
        const answer = await fetch(`${world.url}/graphql`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${accessToken}` },
          body: JSON.stringify({ query: createOfLogin }),
        })
        const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] }
        expect(errors?.[0]?.extensions.code ?? 'made').toBe(
          state === 'signed in' ? 'made' : 'UNAUTHENTICATED',
        )
      }
    } finally {
      await world.close()
    }
  })
})
