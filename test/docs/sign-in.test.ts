import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/read.js'
import { settings } from '../../src/config/settings.js'
import { readTables } from './markdown.js'

const page = readFileSync(new URL('../../docs/sign-in.md', import.meta.url), 'utf8')

test('the settings that the page shows are taken as they stand, and turn sign-in on', () => {
  const [, script = ''] = /```sh\n([\s\S]*?)```/.exec(page) ?? []
  const env = Object.fromEntries(
    [...script.matchAll(/([A-Z_]+)=('[^']*'|\S+)/g)].map(([, name, value = '']) => [
      name,
      value.replace(/^'|'$/g, ''),
    ]),
  )
  const { oidcIssuer, oidcRoles } = readConfig(env)
  expect(oidcIssuer).toBe(env.OIDC_ISSUER)
  expect(oidcRoles.map(({ claim, value, role }) => [claim, value, role])).toEqual([
    ['groups', 'platform', 'ADMIN'],
    ['groups', 'devs', 'WRITE'],
    ['groups', '*', 'READ'],
  ])
})

test('the page names every setting of sign-in', () => {
  const named = readTables(page, 'variable').flatMap(([names = '']) => names.split(', '))
  const declared = Object.values(settings)
    .map(({ env }) => env)
    .filter((env) => /^(PUBLIC_URL|OIDC_|SIGN_IN_)/.test(env))
  expect(named.sort()).toEqual(declared.sort())
})
