import type { PagePath } from '../../frame/address'

export default function Screen({ path }: { path: PagePath }) {
  return <main className="empty">{path.workspace}</main>
}
