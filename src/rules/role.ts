/** Roles from the least up: whoever has one may do what takes a lower one. */
export const roleRank = { READ: 0, WRITE: 1, ADMIN: 2 } as const
