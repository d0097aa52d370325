/** The dialect of a new design, and of a command that names none. It lies apart from the list, so that the first paint needs no dialect. */
export const defaultDialect = 'istio-v1'
