/** How an archive is told from any other file. */

export const beginning = '{"egress":"archive","version":'

/** Whether a file says of itself that it is one. */
export const isArchive = async (file: Blob): Promise<boolean> =>
  (await file.slice(0, 100).text()).replace(/^\uFEFF/, '').startsWith(beginning)
