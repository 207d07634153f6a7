/** What ties sessions together, in words. */
export const kindTitles = {
  EVALUATION_ITEM: 'evaluation item',
  SUBAGENTS: 'subagents',
  WORKER_RUN: 'worker run',
  WORKFLOW: 'workflow',
} as const

/** How far a group is, in words. */
export const statusTitles = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
} as const
