/** A list of operations that cannot be used; its message is one sentence for the operator. */
export class BadOperationList extends Error {
  override name = 'BadOperationList'
}
