import { listed } from '../../rules/listed.js'
import { type Draws, type Weighted, weigh } from './draws.js'

/** An owner of seeded sessions, and what it mostly works with. */
export interface Owner {
  username: string
  fullName: string
  email: string
  team: string
  agents: Weighted<string>
  models: Weighted<string>
  projects: Weighted<string>
}

const firstNames =
  'Ada Bela Chidi Dana Emre Farah Goran Hana Ines Jun Kira Lars Mina Noor Otto Petra Quinn Rosa Sami Tuva'.split(
    ' ',
  )
const lastNames = 'Adeyemi Berg Castro Demir Eriksen Fischer Garcia Haddad Ito Jansen'.split(' ')

export const agents = listed(`
  coder reviewer tester planner researcher on-call support data-analyst release-manager security-auditor
  doc-writer translator triager migrator tutor dependency-bot incident-scribe sql-helper designer optimizer
`)

/** Each model with its price in US dollars for a million tokens, in and out; null where it is unknown. */
export const models: Record<string, { input: number; output: number } | null> = {
  'claude-opus-4-5': { input: 5, output: 25 },
  'claude-sonnet-4-5': { input: 3, output: 15 },
  'claude-haiku-4-5': { input: 1, output: 5 },
  'gpt-5': { input: 1.25, output: 10 },
  'gpt-5-mini': { input: 0.25, output: 2 },
  'gpt-5-nano': { input: 0.05, output: 0.4 },
  'gpt-4o': { input: 2.5, output: 10 },
  'gemini-2.5-pro': { input: 1.25, output: 10 },
  'gemini-2.5-flash': { input: 0.3, output: 2.5 },
  'grok-4': { input: 3, output: 15 },
  'deepseek-v3': { input: 0.27, output: 1.1 },
  'mistral-large': { input: 2, output: 6 },
  'command-a': { input: 2.5, output: 10 },
  'llama-4': null,
  'qwen-3': null,
}
export const modelNames = Object.keys(models)

export const projects =
  'billing catalog checkout console gateway identity ingest mobile payments platform search warehouse'.split(
    ' ',
  )
export const teams = 'commerce core data growth infra mobile research support'.split(' ')
export const environments = ['production', 'staging', 'development']
export const ticketCount = 5000

/** Owners by the power law that real teams show: the second works half as much as the first, the third a third. */
export function drawOwners(draws: Draws): Weighted<Owner> {
  const names = lastNames.flatMap((last) => firstNames.map((first) => [first, last] as const))
  const favourites = (values: readonly string[]) =>
    weigh(draws.sample(values, draws.integer(2, 3)), (index) => 3 - index)
  const owners = names.map(([first, last]) => {
    const username = `seed.${first}.${last}`.toLowerCase()
    return {
      username,
      fullName: `${first} ${last}`,
      email: `${username}@seed.example`,
      team: draws.pick(teams),
      agents: favourites(agents),
      models: favourites(modelNames),
      projects: favourites(projects),
    }
  })
  return weigh(owners, (index) => 1 / (index + 1))
}
