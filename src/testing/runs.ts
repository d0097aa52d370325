/**
 * How many inputs a law looks at: what its test asks for, or as many times that as `LAW_TIMES` says: `LAW_TIMES=20 npm run unit` looks longer,
 * the everyday `npm test` a quarter as long, with other inputs each time.
 */
export const runs = (count: number): { numRuns: number } => ({ numRuns: Math.ceil(count * (Number(process.env.LAW_TIMES) || 1)) })
