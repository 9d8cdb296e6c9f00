// The desktop's own icons, drawn as strokes in a box of 20 by 20.
const strokes = {
  hold: 'M7 5v10M13 5v10',
  resume: 'M7 4.5v11l8.5-5.5z',
  mute: 'M10 3a2.2 2.2 0 0 0-2.2 2.2v4.3a2.2 2.2 0 0 0 4.4 0V5.2A2.2 2.2 0 0 0 10 3zM5.2 9.5a4.8 4.8 0 0 0 9.6 0M10 14.3V17M4 4l12 12',
  microphone:
    'M10 3a2.2 2.2 0 0 0-2.2 2.2v4.3a2.2 2.2 0 0 0 4.4 0V5.2A2.2 2.2 0 0 0 10 3zM5.2 9.5a4.8 4.8 0 0 0 9.6 0M10 14.3V17',
  hangUp: 'M3 11.5c3.8-3.6 10.2-3.6 14 0l-1.6 2.2-3-1.2v-2.1a11 11 0 0 0-4.8 0v2.1l-3 1.2z',
  call: 'M5 3.5l2.4-.5 1.4 3.4-1.6 1.3a9 9 0 0 0 5.1 5.1l1.3-1.6 3.4 1.4-.5 2.4c-.2 1-1 1.6-2 1.5C8.600 15.900 4.100 11.400 3.500 5.500c-.1-1 .5-1.800 1.500-2z',
  record: 'M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
  controls: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  close: 'M5 5l10 10M15 5L5 15',
  edit: 'M4 16l.8-3.2L13 4.600l2.400 2.400-8.200 8.200z',
  add: 'M10 4v12M4 10h12',
  sound:
    'M3.500 8v4h2.700L10 15V5L6.200 8zM13 7.500a3.500 3.500 0 0 1 0 5M15.200 5.300a6.600 6.600 0 0 1 0 9.400',
  success: 'M4.500 10.500l3.700 3.700 7.300-8',
  error: 'M10 5v6M10 14.500v.1',
  info: 'M10 9v6M10 5.500v.1',
} as const

export type IconName = keyof typeof strokes

/** A decorative icon: hidden from assistive technology, the text beside it says what it means. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 20 20')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', strokes[name])
  svg.append(path)
  return svg
}
