import type { Field } from '../../../src/domain/session/field.js'
import { sessionFields } from '../../../src/domain/session/fields.js'
import { plainTexts } from '../../../src/graphql/session/plain-texts.js'

/** Rows as the next person writes them: a text of clients, and a number and a list that the database makes of it. */
const rows: Readonly<Record<string, Field>> = {
  branch: {
    column: 'branch',
    type: 'text',
    written: 'always',
    plain: true,
    maxLength: 40,
    exported: true,
    filter: { name: 'branches', describe: 'Names of branches, exactly.' },
    facet: { name: 'branches', describe: 'Branches that sessions worked on.' },
  },
  branchLength: {
    column: 'branch_length',
    type: 'int',
    nullable: true,
    filter: { name: 'branchLength', describe: 'Range of the length of the branch, in characters.' },
    facet: { name: 'branchLengths', describe: 'How long branches are called.', ranges: [0, 5, 10] },
    sort: { name: 'BRANCH_LENGTH', describe: 'How long the branch is called.' },
  },
  branchParts: {
    column: 'branch_parts',
    type: 'text[]',
    maxLength: 40,
    filter: { name: 'branchParts', describe: 'Parts of branches, exactly, of which one is there.' },
    facet: { name: 'branchParts', describe: 'Parts of branches: a session counts in each.' },
  },
}

Object.assign(sessionFields, rows)
// The line of GraphQL.
Object.assign(plainTexts, { branch: 'Name of the branch' })

/** The migration. */
export const script = `alter table sessions add column branch text,
  add column branch_length int generated always as (char_length(branch)) stored,
  add column branch_parts text[] generated always as (string_to_array(branch, '/')) stored`
