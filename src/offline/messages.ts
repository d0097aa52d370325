/** What a page says to a service worker that waits: take over. */
export const renew = 'take over'
