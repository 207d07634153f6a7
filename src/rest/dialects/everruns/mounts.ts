import type { z } from '@hono/zod-openapi'
import type { OrganizationSessionFieldsFragment } from './documents.generated.js'
import { sdkExample } from './examples.js'
import { MessageList, SdkMessageList } from './message-shapes.js'
import {
  type ListedFields,
  SdkSession,
  SdkSessionList,
  Session,
  SessionList,
  toSdkSession,
  toSession,
} from './shapes.js'

/** What the two places where the API is served differ in (contract 1.2). */
export interface Mount {
  base: '/v1' | '/everruns-sdk/v1'
  tag: string
  /** The name of an operation, unique in the document of all dialects. */
  operationId: (name: string) => string
  Session: z.ZodType<AnySession, AnySession>
  SessionList: z.ZodType<AnySessionList, AnySessionList>
  MessageList: z.ZodType<AnyMessageList, AnyMessageList>
  /** What examples of sessions show besides. */
  example: object
  toSession: (session: OrganizationSessionFieldsFragment & Partial<ListedFields>) => AnySession
  /** Whether envelopes name their data twice, and a session may be made without an agent (contract 1.3). */
  forSdk: boolean
}

export type AnySession = z.input<typeof Session> & Partial<z.input<typeof SdkSession>>
type AnySessionList = Omit<z.input<typeof SessionList>, 'data'> & {
  data: AnySession[]
  sessions?: AnySession[]
}
type AnyMessageList = z.input<typeof MessageList> & Partial<z.input<typeof SdkMessageList>>

export const pure: Mount = {
  base: '/v1',
  tag: 'organization sessions',
  operationId: (name) => name,
  Session,
  SessionList,
  MessageList,
  example: {},
  toSession,
  forSdk: false,
}

export const sdk: Mount = {
  base: '/everruns-sdk/v1',
  tag: 'organization sessions for SDKs',
  operationId: (name) => `sdk${name[0]?.toUpperCase()}${name.slice(1)}`,
  Session: SdkSession as z.ZodType<AnySession, AnySession>,
  SessionList: SdkSessionList as z.ZodType<AnySessionList, AnySessionList>,
  MessageList: SdkMessageList as z.ZodType<AnyMessageList, AnyMessageList>,
  example: sdkExample,
  toSession: toSdkSession,
  forSdk: true,
}
