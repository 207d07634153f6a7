import { z } from '@hono/zod-openapi'
import type { GivenBody, Route } from '../../../route.js'
import { organizationRoute, requireScope } from '../declare.js'
import { CheckOrganizationDocument, type Permission } from '../documents.generated.js'
import { TRANSCRIPT_LIMIT_BYTES } from '../limits.js'
import { countSpans, encodeRejection, isProtobuf, PROTOBUF } from '../otlp.js'

const ExportTraceServiceRequest = z
  .object({
    resourceSpans: z
      .any()
      .optional()
      .openapi({ description: 'A list of spans; anything else counts as none.' }),
  })
  .openapi('ExportTraceServiceRequest', { description: 'Spans, as OTLP has them.' })

const ExportTraceServiceResponse = z
  .object({
    partialSuccess: z.object({ rejectedSpans: z.int().min(0), errorMessage: z.string() }),
  })
  .openapi('ExportTraceServiceResponse', { description: 'How many spans were not kept: all of them.' })

const errorMessage = 'Traces are not stored here'

const declared = organizationRoute({
  operationId: 'export_traces',
  method: 'post',
  path: '/otel/traces',
  summary: 'Take spans, and keep none',
  description:
    'Clients export their spans on every run; they are counted and dropped. OTLP in JSON or protobuf, plain or compressed by gzip; answered in the encoding of the request (contract 12.4).',
  tag: 'traces',
  body: {
    schema: ExportTraceServiceRequest,
    description: 'The spans.',
    limitBytes: TRANSCRIPT_LIMIT_BYTES,
    binaryType: PROTOBUF,
    example: { resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'run' }] }] }] },
  },
  answer: {
    description: 'All spans were rejected, which is no failure to clients.',
    schema: ExportTraceServiceResponse,
    binaryType: PROTOBUF,
    example: { partialSuccess: { rejectedSpans: 1, errorMessage } },
  },
  document: CheckOrganizationDocument,
  variables: ({ path }) => ({ organization: path.org }),
  reply: () => ({ partialSuccess: { rejectedSpans: 0, errorMessage } }),
})

export const exportTraces: Route<Permission> = {
  ...declared,
  run: async (execute, input) => {
    const { path, body } = input as { path: { org: string }; body: GivenBody }
    const { viewer } = await execute(CheckOrganizationDocument, { organization: path.org })
    requireScope(viewer, 'sessions:write')
    const rejectedSpans = await countSpans(body, TRANSCRIPT_LIMIT_BYTES)
    if (isProtobuf(body))
      return new Response(encodeRejection(rejectedSpans, errorMessage), {
        headers: { 'Content-Type': PROTOBUF },
      })
    return { partialSuccess: { rejectedSpans, errorMessage } }
  },
}
