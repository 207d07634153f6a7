/** The gateway's mark: three lines of a session behind a gate. */
export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="7" fill="#1d2b4f"/>
  <path d="M8 25V13a8 8 0 0 1 16 0v12" fill="none" stroke="#7fd1b9" stroke-width="3" stroke-linecap="round"/>
  <path d="M13 15h6M13 20h6M13 25h4" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/>
</svg>
`
