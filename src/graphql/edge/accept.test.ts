import { describe, expect, test } from 'vitest'
import { readAccept } from './accept.js'

describe('the Accept header', () => {
  test.each([
    [null, 'multipart/mixed', 'text/event-stream'],
    ['', 'multipart/mixed', 'text/event-stream'],
    ['*/*', 'multipart/mixed', 'text/event-stream'],
    ['application/json', null, null],
    ['application/graphql-response+json, application/json;q=0.9', null, null],
    ['text/html, application/*', null, null],
    ['multipart/mixed', 'multipart/mixed', null],
    ['multipart/*', 'multipart/mixed', null],
    ['text/event-stream', 'text/event-stream', 'text/event-stream'],
    ['TEXT/Event-Stream ; q=1', 'text/event-stream', 'text/event-stream'],
    // Apollo Client, by its handler of answers in parts.
    ['multipart/mixed;deferSpec=20220824,application/json', 'multipart/mixed', null],
    ['multipart/mixed; deferSpec="20220824"', 'multipart/mixed', null],
    ['multipart/mixed;incrementalSpec=v0.1', 'multipart/mixed', null],
    ['multipart/mixed;incrementalSpec=v0.2,application/graphql-response+json', null, null],
    ['multipart/mixed;deferSpec=20230621', null, null],
    ['multipart/mixed;incrementalSpec=v0.2, text/event-stream', 'text/event-stream', 'text/event-stream'],
    ['multipart/mixed;incrementalSpec=v0.2, multipart/mixed', 'multipart/mixed', null],
    // And for its subscriptions.
    [
      'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json',
      'multipart/mixed',
      'multipart/mixed',
    ],
    ['multipart/mixed;subscriptionSpec=1.0, */*', 'multipart/mixed', 'multipart/mixed'],
    ['multipart/mixed;subscriptionSpec=2.0, application/json', 'multipart/mixed', null],
    // urql
    ['text/event-stream, multipart/mixed', 'multipart/mixed', 'text/event-stream'],
    ['application/json, multipart/mixed;q=0', null, null],
  ])('%s takes parts as %s and events as %s', (header, parts, events) => {
    expect(readAccept(header)).toEqual({ any: true, parts, events })
  })

  test.each([
    'image/png',
    'text/html',
    'application/xml;q=0.9, image/*',
    'application/json;charset=utf-16',
    'application/json;q=0',
  ])('%s takes nothing that is written here', (header) => {
    expect(readAccept(header).any).toBe(false)
  })
})
