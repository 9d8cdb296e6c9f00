// The ways of playing that the setup knows how to prepare an organisation for.
export const backendNames = ['media-api', 'secure-flow', 'announcement-leg'] as const
export type BackendName = (typeof backendNames)[number]
