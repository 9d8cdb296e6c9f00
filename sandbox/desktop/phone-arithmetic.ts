// How much of a prompt really sounded: the arithmetic of the customer's telephone, apart from Web Audio.

/** Less than this is the ordinary time of fetching, decoding and starting: the prompt still starts at its beginning. */
const ordinaryLagMs = 400

/** Where in a prompt to start, `lagMs` after it was to begin; null when it is over already. */
export function startOffsetMs(lagMs: number, durationMs: number): number | null {
  if (lagMs <= ordinaryLagMs) return 0
  return lagMs < durationMs ? lagMs : null
}

/**
 * What was rendered between two readings of the audio clock (seconds, as AudioContext gives them). That clock stands still
 * while the context is suspended, so silence is never counted; nothing beyond the end of the recording can be rendered.
 */
export function renderedMs(startedAtS: number, nowS: number, offsetMs: number, durationMs: number): number {
  const elapsedMs = (nowS - startedAtS) * 1000
  return Math.round(Math.min(Math.max(0, elapsedMs), Math.max(0, durationMs - offsetMs)))
}

/** Loudness for the meter, 0 to 1, from one block of samples; speech fills it, silence is exactly 0. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0
  for (let place = 0; place < samples.length; place++) sum += (samples[place] ?? 0) ** 2
  const rms = samples.length > 0 ? Math.sqrt(sum / samples.length) : 0
  if (rms < 0.001) return 0
  // -50 dBFS and below is the floor, -10 dBFS the ceiling.
  return Math.min(1, Math.max(0, (20 * Math.log10(rms) + 50) / 40))
}
