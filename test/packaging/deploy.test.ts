import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/read.js'
import { settings } from '../../src/config/settings.js'
import { readImage } from './image.js'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const known = Object.values(settings).map(({ env }) => env)
const unit = path('deploy/session-gateway.service')
const systemd = '/usr/bin/systemd-analyze'

test('the image, Compose and the unit set only what is a setting', () => {
  const { PATH: _, ...image } = readImage(path('Dockerfile')).env
  const [, compose = ''] =
    /environment:\n((?: {6}.*\n)+?) {4}\w/.exec(readFileSync(path('compose.yaml'), 'utf8')) ?? []
  const inCompose = [...compose.matchAll(/^ {6}(\w+):/gm)].map(([, name]) => name as string)
  const inUnit = [...readFileSync(unit, 'utf8').matchAll(/^Environment=(.+)$/gm)].flatMap(([, pairs = '']) =>
    pairs.split(' ').map((pair) => pair.split('=')[0] as string),
  )

  for (const names of [Object.keys(image), inCompose, inUnit]) {
    expect(names).not.toEqual([])
    expect(known).toEqual(expect.arrayContaining(names))
  }
  expect(image).toMatchObject({ NODE_ENV: 'production' })
  // What Compose hands on empty is as if it were not set.
  const empty = inCompose.filter((name) => name !== 'DATABASE_URL').map((name) => [name, ''])
  expect(readConfig(Object.fromEntries(empty))).toEqual(readConfig({}))
})

test('Compose runs the gateway on a read-only root without any capability', () => {
  const [, gateway = ''] =
    /^ {2}gateway:\n((?: {4}.*\n)+)/m.exec(readFileSync(path('compose.yaml'), 'utf8')) ?? []

  for (const line of [
    'read_only: true',
    'tmpfs: [/tmp]',
    'cap_drop: [ALL]',
    'security_opt: [no-new-privileges:true]',
  ])
    expect(gateway).toContain(`    ${line}\n`)
})

const missing = existsSync(systemd) ? '' : ` (skipped: no ${systemd})`

test.skipIf(missing !== '')(`systemd understands every line of the unit${missing}`, () => {
  const verify = (file: string) =>
    execFileSync('bash', ['-c', `${systemd} verify --man=no --recursive-errors=no ${file} 2>&1 || true`], {
      encoding: 'utf8',
    })

  expect(
    verify(unit)
      .split('\n')
      .filter((line) => line.includes('session-gateway.service') && !line.includes('not executable')),
  ).toEqual([])
})
