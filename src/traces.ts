import type { Store } from './db/sql.js'
import type { Origin } from './domain/viewer.js'
import type { ReadRouting } from './graphql/schema/context.js'
import type { AdmittedRequest } from './graphql/yoga.js'
import type { TracesOptions } from './http/traces.js'
import { exportResponse, refusalOf, spansOfRequest, statusBody } from './otlp/answers.js'
import { createReceiver } from './otlp/receive.js'
import { excerpt } from './rules/text.js'
import { currentWork } from './work.js'

/** Stores traces for whoever the door found out to send them. */
export function tracesOf(
  store: Store,
  reads: ReadRouting | null,
): Pick<TracesOptions, 'receive' | 'refusal'> {
  const take = createReceiver(store)
  const receive: TracesOptions['receive'] = async (req: AdmittedRequest, body, encoding) => {
    try {
      const notes = currentWork()?.notes
      if (notes !== undefined) notes.face = 'otlp'
      if (req.viewer === undefined) throw new Error('Traces were taken in from somebody unknown')
      return exportResponse(
        await take({ ...req.viewer, from: originOf(req) }, spansOfRequest(body, encoding)),
        encoding,
      )
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === null) throw error
      return refusal
    } finally {
      await reads?.wrote()
    }
  }
  return { receive, refusal: statusBody }
}

const originOf = ({ address = null, headers }: AdmittedRequest): Origin => ({
  face: 'otlp',
  address,
  userAgent: headers['user-agent'] ? excerpt(headers['user-agent'], 200) : null,
})
