import type { Plugin } from 'vite'

/** A chunk's code before it is minified, without what Vite and the compiler of components wrap around ours. */
export function withoutWrapping(code: string): string
export function smallChunks(): Plugin
