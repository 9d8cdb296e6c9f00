// What the backend "secure-flow" is made of, as one chunk.
export { createFlowSessions } from './flow-sessions'
export { createSecureFlow } from './secure-flow'
