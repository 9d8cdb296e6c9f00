// The panel's own icons: lines on a grid of 16, drawn by LineIcon.vue. Shapes that stand for a state are in StateMark.vue.

export const icons = {
  gear: 'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M3.4 12.6l1.4-1.4M11.2 4.8l1.4-1.4',
  headset: 'M2.5 11V8a5.5 5.5 0 0 1 11 0v3M2.5 9h2v4h-2zM11.5 9h2v4h-2z',
  up: 'M8 13V3.5M4 7.5l4-4 4 4',
  down: 'M8 3v9.5M4 8.5l4 4 4-4',
  cross: 'M4 4l8 8M12 4l-8 8',
  stop: 'M4 4h8v8H4z',
  recorded: 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3',
  paused: 'M5.5 4v8M10.5 4v8',
  unrecorded: 'M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3 13 13 3',
  speech: 'M2.5 3h11v8H7l-3 2.5V11H2.5zM5 6h6M5 8.5h4',
} as const
export type IconName = keyof typeof icons
