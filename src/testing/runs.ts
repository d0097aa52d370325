/** How many inputs a law looks at: what its test asks for, or as many times that as `LAW_TIMES` says: `LAW_TIMES=20 npm run unit` looks longer. */
export const runs = (count: number): { numRuns: number } => ({ numRuns: count * (Number(process.env.LAW_TIMES) || 1) })
