import type { Typed } from '../blame.js'
import { named } from '../terminal-text.js'

/** What a command says of a project. */
export interface ProjectRow {
  id: string
  slug: string
  name: string
  description: string | null
  sessions: number
  createdAt: Date
}

export interface NewProject {
  name: string
  slug?: string
  description?: string
}

/** What changes of a project: an absent member stays, null clears the description. */
export interface ProjectChange {
  name?: string
  description?: string | null
}

/** The projects of one workspace, wherever they are reached. */
export interface Projects {
  create(project: NewProject): Promise<ProjectRow>
  /** By its key or uuid. */
  update(project: string, change: ProjectChange): Promise<ProjectRow>
  /** By its key or uuid; one that sessions or groups belong to stays. */
  remove(project: string): Promise<void>
  /** All of them, by key. */
  list(): Promise<ProjectRow[]>
}

/** Where texts of a project were typed; the name is an argument of `create`, and a flag of `update`. */
export const typedProject = ({ name, slug, description }: ProjectChange & { slug?: string }): Typed => ({
  name: ['The name', name],
  slug: ['--slug', slug],
  description: ['--description', description],
})

/** What is said of a project that is not there. */
export const absentProject = (project: string): string =>
  `There is no project ${named(project)}; projects list shows those that are there.`
