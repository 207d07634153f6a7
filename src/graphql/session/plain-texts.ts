import type { PlainField } from '../../domain/session/field-kinds.js'
import { sessionFields } from '../../domain/session/fields.js'
import type { Inputs, Outputs } from '../schema/builder.js'

/** What the texts are that clients write as they come; how each is shown and taken follows. */
export const plainTexts: Readonly<Record<PlainField, string>> = {
  agent: 'Name of the agent',
}

/** The fields of a session that show them. */
export const plainFields = (t: Outputs<Record<PlainField, string | null>>) =>
  ofEach((name, is) => t.memberOrNull(name, 'String', `${is}; null when unknown.`))

/** The inputs of a mutation that writes them; `more` says what null is. */
export const plainInputs = (t: Inputs, more = '') =>
  ofEach((name, is) =>
    t.optional('String', `${is}; up to ${sessionFields[name].maxLength} characters.${more}`),
  )

function ofEach<Made>(make: (name: PlainField, is: string) => Made): Record<PlainField, Made> {
  const entries = Object.entries(plainTexts) as [PlainField, string][]
  return Object.fromEntries(entries.map(([name, is]) => [name, make(name, is)])) as Record<PlainField, Made>
}
