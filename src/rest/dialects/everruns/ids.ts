import { z } from '@hono/zod-openapi'
import { cut } from './errors.js'

export type IdKind = 'session' | 'agent' | 'model' | 'org' | 'message' | 'harness' | 'principal' | 'wsp'

/** The public form of a uuid (contract 3.1). */
export function toPublicId(kind: IdKind, uuid: string): string {
  return `${kind}_${uuid.replaceAll('-', '')}`
}

/** The uuid in a well-formed public id. */
export function toUuid(publicId: string): string {
  const hex = publicId.slice(publicId.indexOf('_') + 1)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Why a text is no public id of this kind: prefix, length, digits, in this order; null when it is one. */
export function findIdFault(kind: IdKind, text: string): string | null {
  const [prefix = '', ...rest] = text.split('_')
  if (prefix !== kind || rest.length === 0) return `invalid prefix: expected '${kind}', got '${cut(prefix)}'`
  const suffix = rest.join('_')
  const length = [...suffix].length
  if (length !== 32) return `invalid length: expected 32, got ${length}`
  return /^[0-9a-f]{32}$/.test(suffix) ? null : `invalid hex in ID: ${cut(suffix)}`
}

/** A public id in an answer. */
export function publicId(kind: IdKind) {
  return z
    .string()
    .openapi({ pattern: `^${kind}_[0-9a-f]{32}$`, example: `${kind}_01933b5a000070008000000000000001` })
}

/** A public id in a request; refused as `Invalid <kind> ID: <reason>`. */
export function givenId(kind: IdKind) {
  const describe = (value: unknown) =>
    typeof value === 'string' ? findIdFault(kind, value) : 'expected a string'
  return z
    .custom<string>((value) => describe(value) === null, {
      error: ({ input }) => `Invalid ${kind} ID: ${describe(input)}`,
    })
    .openapi({ type: 'string', pattern: `^${kind}_[0-9a-f]{32}$` })
}
