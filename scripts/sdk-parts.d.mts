import type { Alias, Plugin } from 'vite'

/**
 * The same files, by name, without the methods of their classes that no remaining code mentions. `callers` is the code
 * that calls them.
 */
export function leaveOutUncalled(
  files: Readonly<Record<string, string>>,
  callers: string,
): Readonly<Record<string, string>>

/** The platform SDK's files by name, as the build has them. */
export function calledSdkFiles(): Readonly<Record<string, string>>
/** The Client App SDK's files by path within its source, as the build has them. */
export function calledAppFiles(): Readonly<Record<string, string>>
/** Throws where the code is not written as expected. */
export function toModule(code: string): string
export function calledSdk(): Plugin
export const clientAppSource: readonly Alias[]
export const clientAppConstants: Readonly<Record<string, string>>
