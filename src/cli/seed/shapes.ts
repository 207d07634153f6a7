import type { SessionOrigin } from '../../db/sql.js'
import { type Draws, type Weighted, weigh } from './draws.js'
import { agents, environments, modelNames, type Owner, projects, teams } from './world.js'

/** What tells one seeded session from another. */
export interface Traits {
  owner: Owner
  agent: string
  model: string
  /** Null for a session outside every project. */
  project: string | null
  team: string
  environment: string
  archived: boolean
}

interface Shape {
  describe: string
  /** `age` runs from 0, the newest session, to 1. */
  draw(draws: Draws, owners: Weighted<Owner>, origin: SessionOrigin, age: number): Traits
}

const mostlyProduction = weigh(environments, (index) => [6, 3, 1][index] ?? 0)
const mostlyStaging = weigh(environments, (index) => [1, 7, 2][index] ?? 0)

/** How the traits of seeded sessions hang together. */
export const shapes = {
  typical: {
    describe: 'owners by a power law with favourites, old sessions archived more often',
    draw(draws, owners, origin, age) {
      const owner = draws.weighted(owners)
      const mostly = (favourites: Weighted<string>, all: readonly string[]) =>
        draws.chance(0.95) ? draws.weighted(favourites) : draws.pick(all)
      return {
        owner,
        agent: mostly(owner.agents, agents),
        model: mostly(owner.models, modelNames),
        project: draws.chance(0.05) ? null : mostly(owner.projects, projects),
        team: draws.chance(0.9) ? owner.team : draws.pick(teams),
        environment: draws.weighted(origin === 'eval' ? mostlyStaging : mostlyProduction),
        archived: draws.chance(0.4 * age),
      }
    },
  },
  worst: {
    describe: 'everything independent and uniform, so that nothing can be summed up',
    draw: (draws, owners) => ({
      owner: draws.pick(owners.values),
      agent: draws.pick(agents),
      model: draws.pick(modelNames),
      project: draws.pick(projects),
      team: draws.pick(teams),
      environment: draws.pick(environments),
      archived: draws.chance(0.2),
    }),
  },
} as const satisfies Record<string, Shape>

export type ShapeName = keyof typeof shapes
