// The platform SDK's single files have no types of their own; the package's root has them.
declare module 'purecloud-platform-client-v2/src/purecloud-platform-client-v2/ApiClient.js' {
  import type { ApiClientClass } from 'purecloud-platform-client-v2'
  const ApiClient: new () => ApiClientClass
  export default ApiClient
}
declare module 'purecloud-platform-client-v2/src/purecloud-platform-client-v2/AbstractHttpClient.js' {
  import type { AbstractHttpClient as Abstract } from 'purecloud-platform-client-v2'
  const AbstractHttpClient: typeof Abstract
  export default AbstractHttpClient
}
