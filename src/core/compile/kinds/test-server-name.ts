/** Where the tutorials' nginx answers inside of the cluster. */
import { serviceHost } from '../../istio/host-name'
export const testServerNamespace = 'mesh-external'
export const testServerService = 'my-nginx'
export const testServerAddress = serviceHost(testServerService, testServerNamespace)
