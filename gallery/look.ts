// How the gallery is looked at, as the address of its pages says it.
import { chooseLanguage, languages, type Language } from '../src/core/language'
import { densities, themes } from '../src/core/preferences'
import type { Look } from './scene'

export { densities, languages, themes }
/** CSS pixels: the narrowest panel, the usual one, the widest one. */
export const widths = [280, 360, 640] as const

export interface Settings extends Look {
  readonly language: Language
  readonly width: (typeof widths)[number]
}

const pick = <T extends string | number>(among: readonly T[], wanted: string | null): T =>
  among.find((one) => String(one) === wanted) ?? (among[0] as T)

/** What the address does not say, or says wrongly, is as it usually is. */
export function readSettings(search: string): Settings {
  const wanted = new URLSearchParams(search)
  return {
    theme: pick(themes, wanted.get('theme')),
    density: pick(densities, wanted.get('density')),
    language: chooseLanguage([wanted.get('language')]),
    width: pick(widths, wanted.get('width') ?? '360'),
  }
}

export function writeSettings({ theme, density, language, width }: Settings): string {
  return `?${new URLSearchParams({ theme, density, language, width: String(width) }).toString()}`
}
