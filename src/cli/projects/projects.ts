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

/** The projects of one workspace, wherever they are reached. */
export interface Projects {
  create(project: NewProject): Promise<ProjectRow>
  /** All of them, by key. */
  list(): Promise<ProjectRow[]>
}
