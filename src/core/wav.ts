// A WAV file out of samples: RIFF, 16-bit linear PCM, one channel, byte for byte.

const headerBytes = 44

/** `samples` between -1 and 1; what is beyond is cut off. `sampleRate` in Hz. */
export function encodeWav(samples: Float32Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const dataBytes = samples.length * 2
  const bytes = new Uint8Array(headerBytes + dataBytes)
  const view = new DataView(bytes.buffer)
  const mark = (at: number, text: string): void => {
    for (let place = 0; place < text.length; place += 1) bytes[at + place] = text.charCodeAt(place)
  }
  mark(0, 'RIFF')
  view.setUint32(4, headerBytes - 8 + dataBytes, true)
  mark(8, 'WAVE')
  mark(12, 'fmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  mark(36, 'data')
  view.setUint32(40, dataBytes, true)
  for (let at = 0; at < samples.length; at += 1)
    view.setInt16(headerBytes + at * 2, toInt16(samples[at] ?? 0), true)
  return bytes
}

/** Full scale is 32767 upwards and 32768 downwards; a value that is no number is silence. */
function toInt16(sample: number): number {
  const cut = Math.max(-1, Math.min(1, Number.isNaN(sample) ? 0 : sample))
  return Math.round(cut < 0 ? cut * 32_768 : cut * 32_767)
}
