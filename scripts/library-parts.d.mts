import type { Plugin } from 'vite'

/** The files of Vue, Pinia and valibot that are shortened, by the end of their path. */
export const shortenedFiles: readonly string[]
/** Throws where the code of such a file is not written as expected. */
export function shortened(code: string, name: string): string
/** What a compiled component imports from Vue although it is left out there. */
export function findLeftOut(code: string): readonly string[]
export function usedLibraries(): Plugin[]
