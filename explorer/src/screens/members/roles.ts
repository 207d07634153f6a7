/** What each role lets a member do, from the least on. */
export const roles = {
  READ: { title: 'read', may: 'sees what the workspace sees, and pins' },
  WRITE: { title: 'write', may: 'also saves sessions, labels and annotates, and acts on its own' },
  ADMIN: { title: 'admin', may: 'also freezes and deletes those of others, and sets members and keys' },
} as const
export type Role = keyof typeof roles
export const roleNames = Object.keys(roles) as Role[]
