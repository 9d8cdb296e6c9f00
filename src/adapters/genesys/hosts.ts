// Where the platform is, by the configuration alone: for requests that leave before the platform SDK is there.

/** `gateway` serves API and login; `environment` is such as `mypurecloud.de`. */
export interface PlatformHosts {
  readonly gateway?: string | null | undefined
  readonly environment?: string | null | undefined
}

/** Where the organisation signs people in, e.g. `https://login.mypurecloud.de`. */
export function loginBaseOf({ gateway, environment }: PlatformHosts): string {
  return gateway ?? `https://login.${environment ?? 'mypurecloud.com'}`
}

/** Null where only the desktop knows the environment. */
export function apiBaseOf({ gateway, environment }: PlatformHosts): string | null {
  return gateway ?? (environment ? `https://api.${environment}` : null)
}

/** What a panel reads first with a token, for whom no licence is needed; a test holds that it reads exactly these. */
export function firstReads(base: string, conversationId: string | null): readonly string[] {
  const call = `conversations/calls${conversationId === null ? '' : `/${conversationId}`}`
  return ['tokens/me', 'users/me?expand=organization', call].map((path) => `${base}/api/v2/${path}`)
}

/** Where a notification channel is made, by POST. */
export const channelsUrl = (base: string): string => `${base}/api/v2/notifications/channels`
