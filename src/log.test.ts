import { Writable } from 'node:stream'
import pino from 'pino'
import { build } from 'pino-pretty'
import { expect, test } from 'vitest'
import {
  currentRequestId,
  onTerminal,
  readableLines,
  redactCredentials,
  serializeError,
  toWritten,
  withRequestId,
} from './log.js'

test('a request id holds for everything that a request starts, and for nothing else', async () => {
  const seen = await Promise.all(
    ['a', 'b'].map((id) =>
      withRequestId(id, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        return currentRequestId()
      }),
    ),
  )
  expect(seen).toEqual(['a', 'b'])
  expect(currentRequestId()).toBeUndefined()
})

test('no key, bearer token or password of a database reaches the log', () => {
  expect(redactCredentials('key sgw_demo_admin, Authorization: Bearer eyJ.a-b_c')).toBe(
    'key sgw_[redacted], Authorization: Bearer [redacted]',
  )
  expect(redactCredentials('key sgw_Ab-Cd_-eF-, then')).toBe('key sgw_[redacted], then')
  expect(redactCredentials('/auth/device/code/sgd_Ab-Cd')).toBe('/auth/device/code/sgd_[redacted]')
  expect(redactCredentials('cannot reach postgresql://gateway:hunter2@db:5432/x')).toBe(
    'cannot reach postgresql://gateway:[redacted]@db:5432/x',
  )
})

test('fields that hold credentials are hidden at any depth', () => {
  const line = { req: { headers: { authorization: 'x"y', Cookie: ['a', 'b'] } }, password: 'p', tokens: 3 }
  expect(JSON.parse(redactCredentials(JSON.stringify(line)))).toEqual({
    req: { headers: { authorization: '[redacted]', Cookie: '[redacted]' } },
    password: '[redacted]',
    tokens: 3,
  })
})

test('an error is told without the connection that it came by', () => {
  class Connection {
    secretKey = 4711
  }
  const error = Object.assign(new Error('it broke'), {
    code: '57P01',
    client: new Connection(),
    extensions: { a: 1 },
  })

  const shown = JSON.stringify(serializeError(error))

  expect(JSON.parse(shown)).toMatchObject({ message: 'it broke', code: '57P01', extensions: { a: 1 } })
  expect(shown).not.toContain('4711')
})

test('on a terminal a line is its time, its level, what happened and the rest in one line', () => {
  let shown = ''
  const terminal = new Writable({
    write(chunk, _encoding, done) {
      shown += chunk
      done()
    },
  })
  const lines = build({ ...readableLines, colorize: false, destination: terminal })
  pino({ base: undefined, formatters: { level: (level) => ({ level }) } }, lines).info(
    { store: 'PGlite in .data' },
    'opening the store',
  )

  expect(shown).toMatch(
    /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: opening the store \{"store":"PGlite in \.data"\}\n$/,
  )
})

test('what a provider or a client wrote moves no cursor, in a line of JSON or on a terminal', () => {
  const reason = 'a\u001b[2J\u009b31m\u202eb\\u001b'
  const written: string[] = []
  const log = (lines: pino.DestinationStream) =>
    pino({ hooks: { streamWrite: toWritten } }, lines).warn({ reason }, `refused: ${reason}`)
  log({ write: (line) => void written.push(line) })
  expect(written.join('')).not.toMatch(harmful)
  expect(JSON.parse(written.join('')).reason).toBe(reason)

  let shown = ''
  const terminal = new Writable({
    write(chunk, _encoding, done) {
      shown += chunk
      done()
    },
  })
  log(onTerminal(build({ ...readableLines, colorize: false, destination: terminal })))
  expect(shown).toContain('refused: a�[2J�31m�b\\u001b')
  expect(shown).not.toMatch(harmful)
})

const harmful = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u

test('texts made to hold it are read as fast as others', () => {
  const made = [
    '-eyJJ',
    'eyJ-',
    'eyJx/',
    'postgres://a:',
    'Bearer ',
    '"a_token":"',
    '"token":[',
    '?code=',
    'sgw_',
    '.eyJ',
  ]
  for (const part of made) {
    const text = JSON.stringify({ path: part.repeat(Math.floor(64_000 / part.length)) })
    const before = process.cpuUsage()
    redactCredentials(text)
    expect(process.cpuUsage(before).user / 1000, part).toBeLessThan(300)
  }
})

test('a token is blanked wherever it stands among others like it', () => {
  for (const before of ['', '-', 'x-', '/', 'a.b ', '"'])
    expect(redactCredentials(`${before}eyJhbGciOi.eyJzdWIi.c2ln-x`)).toBe(`${before}eyJ[redacted]`)
})
