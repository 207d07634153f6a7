import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** Creates a database on the server of `serverUrl`, empty or as a copy of `template`; gives its URL. */
export async function createDatabase(serverUrl: string, prefix: string, template?: string): Promise<string> {
  const name = `${prefix}_${randomBytes(5).toString('hex')}`
  await administer(serverUrl, `create database ${name}${template ? ` template ${template}` : ''}`)
  const url = new URL(serverUrl)
  url.pathname = name
  return url.href
}

export function databaseName(url: string): string {
  return new URL(url).pathname.slice(1)
}

/** Drops the databases whose name starts with `prefix`. */
export async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const named = await administer(
    serverUrl,
    `select datname as name from pg_database where starts_with(datname, '${prefix}_')`,
  )
  for (const { name } of named) await drop(serverUrl, name)
}

/** Again where a server's own work has just come in, as that of a cluster does. */
async function drop(serverUrl: string, name: string, attempts = 50): Promise<void> {
  try {
    await administer(serverUrl, `drop database if exists ${name} with (force)`)
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '55006' || attempts === 1) throw error
    await sleep(100)
    await drop(serverUrl, name, attempts - 1)
  }
}

async function administer(serverUrl: string, statement: string): Promise<{ name: string }[]> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
