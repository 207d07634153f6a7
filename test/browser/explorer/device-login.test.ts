import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { missingForExplorer, type OpenExplorer, openExplorer, STARTING_MS } from './open-explorer.js'

describe.skipIf(missingForExplorer !== null)('the login of a program', () => {
  let explorer: OpenExplorer

  beforeAll(async () => {
    explorer = await openExplorer()
  }, STARTING_MS)

  afterAll(() => explorer?.close())

  const at = (path: string) => `${explorer.gateway.origin}/api/v1/auth/device/code${path}`
  const begin = async (): Promise<{ user_code: string; device_code: string }> =>
    (await fetch(at(''), { method: 'POST', headers: { 'User-Agent': 'dreadnode-sdk/2.0.52' } })).json()
  const stateOf = async (code: string) => {
    const response = await fetch(at(`/${code}`))
    return response.ok ? (await response.json()).status : response.status
  }

  test('says who asks for what, and is approved by whoever reads it', async () => {
    const { page } = explorer
    const login = await begin()
    await explorer.open(`/login/device?code=${login.user_code}`)
    const main = page.getByRole('main', { name: 'Log a program in' })
    await main.getByText(login.user_code).waitFor()
    const told = (await main.textContent()) ?? ''
    for (const fact of ['dreadnode-sdk/2.0.52', '127.0.0.1', 'sessions:read, sessions:write', 'maya'])
      expect(told).toContain(fact)
    expect(told).not.toContain('another address')
    expect(await explorer.findings()).toEqual([])
    expect(await stateOf(login.device_code)).toBe('pending')
    await main.getByRole('button', { name: 'I started it: approve' }).click()
    await main.getByText('has been logged in').waitFor()
    expect(await stateOf(login.device_code)).toBe('approved')
    expect(explorer.troubles).toEqual([])
  })

  test('is denied, and is gone for everybody after that', async () => {
    const { page } = explorer
    const login = await begin()
    await explorer.open('/login/device')
    await page.getByLabel('Code that the program shows').fill(login.user_code.toLowerCase())
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Deny' }).click()
    await page.getByText('The program gets no key.').waitFor()
    expect(await stateOf(login.device_code)).toBe(403)
    await explorer.open(`/login/device?code=${login.user_code}`)
    await page.getByText('waits for an answer').waitFor()
    expect(await page.getByRole('button', { name: /approve/ }).count()).toBe(0)
  })

  test('asks for a key first where none is held', async () => {
    const { browser, gateway } = explorer
    const page = await browser.newPage()
    const login = await begin()
    await page.goto(`${gateway.origin}/login/device?code=${login.user_code}`)
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText(login.user_code).waitFor()
    await page.close()
  })
})
