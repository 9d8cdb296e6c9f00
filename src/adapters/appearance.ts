// How the page looks, as the agent has set it: attributes of its root, which the styles know.
import type { Density, Theme } from '../core/preferences'

export function showAppearance(of: { readonly theme: Theme; readonly density: Density }): void {
  const { dataset } = document.documentElement
  dataset.theme = of.theme
  dataset.density = of.density
}
