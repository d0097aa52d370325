/** Where the tutorials' nginx answers inside of the cluster. */
export const testServerNamespace = 'mesh-external'
export const testServerService = 'my-nginx'
export const testServerAddress = `${testServerService}.${testServerNamespace}.svc.cluster.local`
