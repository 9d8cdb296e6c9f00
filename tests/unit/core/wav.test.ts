// The WAV encoder, byte by byte, and read back by the panel's own header reader.
import { expect, it } from 'vitest'
import { decodeWav } from '../../../sandbox/decode/wav'
import { sniffAudio } from '../../../src/core/sniff'
import { encodeWav } from '../../../src/core/wav'

it('writes header and samples to the byte', () => {
  const bytes = encodeWav(Float32Array.of(0, 1, -1, 0.5, -0.5), 16_000)
  expect(Buffer.from(bytes).toString('hex')).toBe(
    [
      Buffer.from('RIFF').toString('hex'),
      '2e000000', // 46 bytes follow
      Buffer.from('WAVEfmt ').toString('hex'),
      '10000000', // 16 bytes of format
      '0100', // PCM
      '0100', // one channel
      '803e0000', // 16000 Hz
      '007d0000', // 32000 bytes a second
      '0200', // 2 bytes a sample
      '1000', // 16 bits
      Buffer.from('data').toString('hex'),
      '0a000000', // 10 bytes of sound
      '0000ff7f0080004000c0',
    ].join(''),
  )
})

it.each([
  [2, 'ff7f'],
  [-2, '0080'],
  [Number.NaN, '0000'],
  [Number.POSITIVE_INFINITY, 'ff7f'],
])('cuts off %f', (sample, hex) => {
  expect(
    Buffer.from(encodeWav(Float32Array.of(sample), 8_000))
      .subarray(44)
      .toString('hex'),
  ).toBe(hex)
})

it('is a WAV for whoever reads it, of the length that went in', async () => {
  const bytes = encodeWav(new Float32Array(24_000), 16_000)
  expect(sniffAudio(bytes)).toEqual({
    container: 'wav',
    codec: 'pcm',
    claimedMs: 1500,
    presentMs: 1500,
    whole: true,
  })
  expect(await decodeWav(bytes)).toMatchObject({ durationMs: 1500 })
  expect(encodeWav(new Float32Array(0), 16_000)).toHaveLength(44)
})
