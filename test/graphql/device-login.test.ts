import { describe, expect, test } from 'vitest'
import { beginLogin } from '../../src/domain/device/login.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import type { KeyScope } from '../../src/domain/viewer.js'
import { deviceToken } from '../support/device-login.js'
import { mutationOf } from '../support/mutation.js'
import { ask, type SeededWorkspace, seedWorkspace } from '../support/seed.js'

async function call(
  seeded: SeededWorkspace,
  key: string | null,
  name: string,
  input: object,
  selection?: string,
) {
  const { data, errors } = await ask(seeded.yoga, key, mutationOf(name, selection), { input })
  return errors ? errors[0]!.extensions.code : data[name]
}

async function begin(
  seeded: SeededWorkspace,
  program?: string,
): Promise<{ deviceCode: string; userCode: string }> {
  return call(seeded, null, 'beginDeviceLogin', { program }, '{ deviceCode userCode expiresAt }')
}

async function newKey({ store, organizationId }: SeededWorkspace, key: object): Promise<string> {
  const secret = generateSecret()
  await createApiKey(store, { organizationId, userId: null, name: 'k', ...key }, secret)
  return secret
}

const look = `query L($code: String!) { deviceLogin(userCode: $code) { userAgent address isFromHere scopes } }`
const made = '{ secret apiKey { scopes isBound expiresAt user { login } } }'

describe('a login of a program', () => {
  test('says who asks for what to whoever may approve it, and to nobody else', async () => {
    const seeded = await seedWorkspace()
    const { userCode: code } = await begin(seeded, 'my program')
    const { data } = await seeded.dan.graphql(look, { code: code.toLowerCase() })
    expect(data.deviceLogin).toEqual({
      ...{ userAgent: 'my program', address: null, isFromHere: null },
      scopes: ['sessions:read', 'sessions:write'],
    })
    const codeFor = async (key: string | null, variables = { code }) =>
      (await ask(seeded.yoga, key, look, variables)).errors?.[0]?.extensions.code
    expect(await codeFor(null)).toBe('UNAUTHENTICATED')
    expect(await codeFor(await deviceToken(seeded.store, seeded.bob.key))).toBe('FORBIDDEN')
    expect(await codeFor(seeded.bob.key, { code: 'BBBB-BBBB' })).toBe('NOT_FOUND')
  })

  test('is approved by users that may write alone, and by none from another workspace than all', async () => {
    const seeded = await seedWorkspace()
    const { userCode } = await begin(seeded)
    const { userId } = seeded.bob
    const reading = await newKey(seeded, { userId, scopes: ['sessions:read'] satisfies KeyScope[] })
    const service = await newKey(seeded, { workspaceId: seeded.workspaceId })
    const homeless = await seeded.store.user.create({
      data: {
        id: crypto.randomUUID(),
        username: crypto.randomUUID(),
        email: `${crypto.randomUUID()}@x.example`,
      },
    })
    const nowhere = await newKey(seeded, { userId: homeless.id })
    for (const key of [reading, service, nowhere])
      for (const name of ['approveDeviceLogin', 'denyDeviceLogin'])
        expect(await call(seeded, key, name, { userCode })).toBe('FORBIDDEN')
    expect(await call(seeded, null, 'approveDeviceLogin', { userCode })).toBe('UNAUTHENTICATED')
    expect(await call(seeded, seeded.dan.key, 'approveDeviceLogin', { userCode })).not.toBe('FORBIDDEN')
    expect(await call(seeded, seeded.bob.key, 'denyDeviceLogin', { userCode })).toBe('NOT_FOUND')
  })

  test('is over after ten minutes, for the program and for the person', async () => {
    const seeded = await seedWorkspace()
    const { userCode, deviceCode } = await begin(seeded)
    await seeded.store.deviceLogin.updateMany({
      where: { expiresAt: { gt: new Date(Date.now() + 590_000) } },
      data: { expiresAt: new Date(Date.now() - 1) },
    })
    expect(await call(seeded, seeded.bob.key, 'approveDeviceLogin', { userCode })).toBe('NOT_FOUND')
    expect(await call(seeded, null, 'exchangeDeviceCode', { deviceCode })).toBe('NOT_FOUND')
  })

  test('of one address waits with 100 at most', async () => {
    const { store } = await seedWorkspace()
    const from = { face: 'graphql', address: crypto.randomUUID(), userAgent: null } as const
    for (let index = 0; index < 100; index++) await beginLogin(store, from)
    await expect(beginLogin(store, from)).rejects.toThrow('Too many logins')
    await beginLogin(store, { ...from, address: crypto.randomUUID() })
  })
})

describe('the key of a login', () => {
  test('reaches no further and lasts no longer than the key that approved it', async () => {
    const seeded = await seedWorkspace()
    const expiresAt = new Date(Date.now() + 3_600_000)
    const { workspaceId, bob, store } = seeded
    const scopes: KeyScope[] = ['sessions:write', 'sessions:import']
    const narrow = await newKey(seeded, { userId: bob.userId, workspaceId, expiresAt, scopes })
    const { apiKey, secret } = await call(
      ...([seeded, await deviceToken(store, narrow), 'createDeviceKey', { name: 'dn' }, made] as const),
    )
    expect(apiKey).toEqual({
      ...{ scopes: ['sessions:write'], isBound: true, expiresAt: expiresAt.toISOString() },
      user: { login: bob.login },
    })
    const stored = await store.apiKey.findFirstOrThrow({ where: { prefix: secret.slice(0, 12) } })
    expect(stored).toMatchObject({ organizationId: seeded.organizationId, workspaceId, selfRevocable: false })
  })

  test('is made by the token of one login once, and by no key', async () => {
    const seeded = await seedWorkspace()
    const token = await deviceToken(seeded.store, seeded.bob.key)
    expect(await call(seeded, seeded.ana.key, 'createDeviceKey', { name: 'dn' })).toBe('FORBIDDEN')
    const twice = await Promise.all(
      [1, 2].map(() => call(seeded, token, 'createDeviceKey', { name: 'dn' }, made)),
    )
    expect(twice.filter((one) => typeof one === 'object')).toHaveLength(1)
    expect(await call(seeded, token, 'createDeviceKey', { name: 'dn' })).toBe('UNAUTHENTICATED')
  })

  test('stands in the audit with who approved it, and so does its end', async () => {
    const seeded = await seedWorkspace()
    const token = await deviceToken(seeded.store, seeded.bob.key)
    const input = { name: 'dn', selfRevocable: true }
    const { secret } = await call(seeded, token, 'createDeviceKey', input, made)
    expect(await call(seeded, secret, 'revokeOwnKey', { id: crypto.randomUUID() })).toBe('NOT_FOUND')
    await call(seeded, secret, 'revokeOwnKey', {})
    const { organizationId, store, bob, workspaceId } = seeded
    const entries = await store.auditEntry.findMany({
      where: { organizationId, outcome: 'done' },
      orderBy: [{ at: 'asc' }, { seq: 'asc' }],
    })
    expect(entries.map(({ act }) => act)).toEqual(['approve_device_login', 'create_key', 'revoke_key'])
    for (const entry of entries) expect(entry).toMatchObject({ userId: bob.userId, workspaceId })
  })

  test('leaves no code, token or secret in the store', async () => {
    const seeded = await seedWorkspace()
    const { deviceCode, userCode } = await begin(seeded)
    await call(seeded, seeded.bob.key, 'approveDeviceLogin', { userCode })
    const { accessToken } = await call(
      ...([seeded, null, 'exchangeDeviceCode', { deviceCode }, '{ accessToken }'] as const),
    )
    const { organizationId } = seeded
    const stored = await seeded.store.deviceLogin.findMany({ where: { organizationId } })
    expect(stored).toHaveLength(1)
    const text = JSON.stringify(stored)
    for (const secret of [deviceCode, userCode, accessToken]) expect(text).not.toContain(secret)
  })
})
