/** Whether the address is that of approving a program's login, which stands outside of every workspace. */
export const isDevicePage = (): boolean => location.pathname === '/login/device'

/** The code that the address brings along; empty for none. */
export const codeOfAddress = (): string => new URLSearchParams(location.search).get('code') ?? ''
