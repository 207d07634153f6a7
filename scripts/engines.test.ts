import { readFileSync } from 'node:fs'
import { minVersion, satisfies } from 'semver'
import { expect, test } from 'vitest'

interface Manifest {
  engines: { node: string }
}

interface Lock {
  packages: Record<string, { version: string; engines?: { node?: string } | string[] }>
}

const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
const floor = minVersion(engines.node)?.version ?? 'unreadable'

test('every package that is locked says that it runs on the oldest Node of package.json', () => {
  const refusing = Object.entries(lock.packages).filter(([, { engines }]) => {
    const node = Array.isArray(engines) ? undefined : engines?.node
    return node !== undefined && !satisfies(floor, node)
  })

  expect(refusing.map(([path, { version, engines }]) => ({ path, version, engines }))).toEqual([])
})
