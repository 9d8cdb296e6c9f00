import type { Plugin } from 'vite'

/** The same files, by their name in one folder, in which each export goes by the name that it has within its file. */
export function shareNames(files: Readonly<Record<string, string>>): Readonly<Record<string, string>>
export function sharedNames(): Plugin
