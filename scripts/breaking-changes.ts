import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

/**
 * Fails when `schema.graphql` breaks clients of the last commit on main and no changeset announces it; checked on that
 * commit itself, of the one before. Prints dangerous changes. Without git or such a commit nothing is compared.
 */
const file = 'schema.graphql'
const current = await readFile(file, 'utf8')
const before = await readSchemaOnMain(current)
if (before === null) console.log('nothing to compare with')
else await compare(before)

async function compare(old: string): Promise<void> {
  const changes = await diff(buildSchema(old), buildSchema(current))
  const ofLevel = (level: CriticalityLevel) =>
    changes.filter(({ criticality }) => criticality.level === level)
  for (const { message } of ofLevel(CriticalityLevel.Dangerous)) console.log(`dangerous: ${message}`)

  const announced = await readAnnounced()
  const breaking = ofLevel(CriticalityLevel.Breaking).map((change) => ({ change, path: pathOf(change) }))
  const silent = breaking.filter(({ path }) => !announced.some((name) => `${path}.`.startsWith(`${name}.`)))
  for (const entry of breaking)
    console.log(`${silent.includes(entry) ? 'BREAKING' : 'announced'}: ${entry.change.message}`)
  if (silent.length === 0) return
  process.exitCode = 1
  const names = [...new Set(silent.map(({ path }) => `\`${path}\``))].join(', ')
  console.log(
    `\nKeep what clients use, or announce it in .changeset/<name>.md:\n\n---\n"session-gateway": major\n---\n\n` +
      `What users have to change, in a sentence that names ${names}.`,
  )
}

/** The schema coordinate that a change is about, such as `Session.title`. */
function pathOf({ path }: Change): string {
  return path ?? 'schema'
}

/** Every schema coordinate in code marks of a pending changeset that asks for a major release. */
async function readAnnounced(): Promise<string[]> {
  const names = await readdir('.changeset').catch(() => [])
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('.md')).map((name) => readFile(`.changeset/${name}`, 'utf8')),
  )
  return texts.flatMap((text) => {
    const [, frontMatter, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? []
    if (!frontMatter?.split('\n').includes('"session-gateway": major')) return []
    return [...(body ?? '').matchAll(/`([\w.@]+)`/g)].map(([, name]) => name as string)
  })
}

/** `schema.graphql` where this branch left main; before the last commit when that changes nothing; null without one. */
async function readSchemaOnMain(current: string): Promise<string | null> {
  const fork = (await git('merge-base', 'HEAD', 'main')) ?? (await git('merge-base', 'HEAD', 'origin/main'))
  const onMain = await git('show', `${fork ?? 'HEAD'}:${file}`)
  const isHead = fork === null || fork === (await git('rev-parse', 'HEAD'))
  return isHead && onMain === current.trim() ? git('show', `HEAD^:${file}`) : onMain
}

async function git(...command: string[]): Promise<string | null> {
  const options = { maxBuffer: 64 * 1024 * 1024 }
  const answer = await promisify(execFile)('git', command, options).catch(() => null)
  return answer === null ? null : answer.stdout.trim()
}
