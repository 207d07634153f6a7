/** The target with these members in place of its own; a client of Prisma takes none itself. */
export function overlay<Target extends object, Members extends object>(
  target: Target,
  members: Members,
): Target & Members {
  const get = (_: Target, name: string | symbol) => Reflect.get(name in members ? members : target, name)
  return new Proxy(target, { get }) as Target & Members
}
