/** The target with these members in place of its own; a client of Prisma takes none itself. */
export function overlay<Target extends object, Members extends object>(
  target: Target,
  members: Members,
): Target & Members {
  const get = (_: Members, name: string | symbol) => Reflect.get(name in members ? members : target, name)
  const has = (_: Members, name: string | symbol) => name in members || name in target
  // Over the members: at each look a proxy asks the object below it what it has, and a client of Prisma is one itself.
  return new Proxy(members, { get, has }) as unknown as Target & Members
}
