/** In the place of a screen, where the address names a workspace that cannot be entered. */
export const NoWorkspace = () => (
  <p className="empty">
    There is no such workspace, or the key may not enter it. Those it may enter are in the menu at the upper
    left.
  </p>
)
