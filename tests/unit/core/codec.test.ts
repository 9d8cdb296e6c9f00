// What bytes are, whatever their name says; and what an endpoint says it can play.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayPlayFormat, playsCodec, readSupportedCodecs } from '../../../src/core/codec'
import { promisedContainer, sniffAudio } from '../../../src/core/sniff'
import { ascii, mp3Bytes, oggOpusBytes, wavBytes } from '../../support/audio-bytes'

const sniff = (...parts: Uint8Array[]) => sniffAudio(join(parts))
const join = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

describe('sniffAudio on a wav', () => {
  it.each([
    [1, 'pcm'],
    [3, 'pcm'],
    [6, 'pcma'],
    [7, 'pcmu'],
    [0x11, 'adpcm'],
    [0x31, 'gsm'],
    [0x50, 'wav-0x50'],
  ])('names the codec of tag %i %s', (tag, codec) => {
    expect(sniffAudio(wavBytes({ tag }))).toMatchObject({ container: 'wav', codec, whole: true })
  })

  it('counts the audio that is there and the audio that is claimed', () => {
    const whole = wavBytes({ bytesPerSecond: 8_000, dataBytes: 4_000 })
    expect(sniffAudio(whole)).toEqual({
      container: 'wav',
      codec: 'pcm',
      claimedMs: 500,
      presentMs: 500,
      whole: true,
    })
    expect(sniffAudio(whole.subarray(0, whole.length - 1_000))).toMatchObject({
      claimedMs: 500,
      presentMs: 375,
      whole: false,
    })
  })

  it('reads the real tag of an extensible header', () => {
    expect(sniffAudio(wavBytes({ tag: 0xfffe, extensibleTag: 7 }))).toMatchObject({ codec: 'pcmu' })
  })

  it('skips chunks it does not know, also those of an odd size', () => {
    expect(sniffAudio(wavBytes({ extraChunkBytes: 7 }))).toMatchObject({ codec: 'pcm', whole: true })
  })

  it('is not whole without its data', () => {
    expect(sniffAudio(wavBytes({}).subarray(0, 36))).toMatchObject({
      container: 'wav',
      presentMs: 0,
      whole: false,
    })
    expect(sniffAudio(wavBytes({}).subarray(0, 12))).toMatchObject({ codec: 'none', whole: false })
  })
})

describe('sniffAudio on an Ogg', () => {
  it('counts Opus by its last position less the pre-skip, and is whole with its end', () => {
    expect(sniffAudio(oggOpusBytes({ samples: 48_312, preSkip: 312, ended: true }))).toEqual({
      container: 'ogg',
      codec: 'opus',
      claimedMs: null,
      presentMs: 1_000,
      whole: true,
    })
  })

  it('is not whole without the page that ends it', () => {
    expect(sniffAudio(oggOpusBytes({ samples: 48_000, ended: false })).whole).toBe(false)
    const cut = oggOpusBytes({ samples: 48_000, ended: true })
    expect(sniffAudio(cut.subarray(0, cut.length - 3)).whole).toBe(false)
  })

  it('tells Vorbis and what it does not know from Opus', () => {
    const page = (head: string) => join([ascii('OggS'), new Uint8Array(24), ascii(head)])
    expect(sniffAudio(page('\u0001vorbis'))).toMatchObject({ container: 'ogg', codec: 'vorbis' })
    expect(sniffAudio(page('Speex   '))).toMatchObject({ container: 'ogg', codec: 'none' })
  })
})

describe('sniffAudio on an mp3', () => {
  it('knows a bare frame, and one behind an ID3 tag', () => {
    const frame = mp3Bytes({})
    expect(sniffAudio(frame)).toMatchObject({ container: 'mp3', codec: 'mp3', claimedMs: null })
    const tag = join([ascii('ID3'), Uint8Array.of(4, 0, 0, 0, 0, 1, 0), new Uint8Array(128)])
    expect(sniff(tag, frame)).toMatchObject({ container: 'mp3', codec: 'mp3' })
  })

  it('reads the claimed length from the Xing header, in stereo and in mono', () => {
    expect(sniffAudio(mp3Bytes({ frames: 100 })).claimedMs).toBeCloseTo((100 * 1152 * 1000) / 44_100)
    expect(sniffAudio(mp3Bytes({ frames: 100, mono: true })).claimedMs).toBeCloseTo(
      (100 * 1152 * 1000) / 44_100,
    )
  })

  it('does not claim a length where the header does not count its frames', () => {
    expect(sniffAudio(mp3Bytes({ frames: 100, counted: false })).claimedMs).toBeNull()
  })

  it('is not fooled by an ID3 tag with nothing behind it', () => {
    const tag = join([ascii('ID3'), Uint8Array.of(4, 0, 0, 127, 127, 127, 127)])
    expect(sniffAudio(tag)).toMatchObject({ container: 'unknown' })
  })
})

describe('sniffAudio on anything else', () => {
  it.each([
    ['<!doctype html><html>', 'html'],
    ['\n  <HTML lang="en">', 'html'],
    ['<?xml version="1.0"?><Error/>', 'html'],
    ['{"message":"no"}', 'unknown'],
    ['', 'unknown'],
    ['\u0000\u0000\u0000\u0018ftypM4A ', 'mp4'],
    ['\u001a\u0045\u00df\u00a3', 'webm'],
  ])('calls %j %s', (text, container) => {
    expect(sniffAudio(ascii(text)).container).toBe(container)
  })

  it('never throws, nor claims less than nothing, on random bytes behind any header', () => {
    const heads = [
      '',
      'RIFF\u0000\u0000\u0000\u0000WAVE',
      'RIFF\u0000\u0000\u0000\u0000WAVEfmt ',
      'OggS',
      'ID3',
      '\u00ff\u00fb',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, tail) => {
        const { claimedMs, presentMs } = sniff(ascii(head), tail)
        expect(claimedMs ?? 0).toBeGreaterThanOrEqual(0)
        expect(presentMs ?? 0).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never throws on a real beginning cut or broken anywhere', () => {
    const real = fc.constantFrom(wavBytes({}), oggOpusBytes({ samples: 48_000 }), mp3Bytes({ frames: 10 }))
    fc.assert(
      fc.property(real, fc.nat(300), fc.nat(300), fc.nat(255), (bytes, cut, at, value) => {
        const broken = bytes.slice(0, cut)
        if (at < broken.length) broken[at] = value
        expect(sniffAudio(broken).container).toBeTypeOf('string')
      }),
      { numRuns: 500 },
    )
  })

  it('reads bytes that lie within a larger buffer', () => {
    const around = join([new Uint8Array(13), wavBytes({})])
    expect(sniffAudio(around.subarray(13))).toEqual(sniffAudio(wavBytes({})))
  })
})

describe('readSupportedCodecs', () => {
  it.each([
    ['opus,mp3', ['opus', 'mp3']],
    [' OPUS , audio/mpeg ', ['opus', 'mp3']],
    [
      ['opus', 'PCMU', 'ulaw', 'wav'],
      ['opus', 'pcmu', 'pcm'],
    ],
    [['opus', 5, null, {}], ['opus']],
    ['g722', ['g722']],
    ['', null],
    [' , ,', null],
    [[], null],
    [null, null],
    [undefined, null],
    [7, null],
    [{ audio: 'mp3' }, null],
  ])('reads %j as %j', (value, expected) => {
    expect(readSupportedCodecs(value)).toEqual(expected)
  })

  it('never throws, and yields lower-case names without doubles', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const names = readSupportedCodecs(value) ?? ['none']
        expect(new Set(names).size).toBe(names.length)
        expect(names.map((name) => name.trim().toLowerCase())).toEqual(names)
      }),
    )
  })

  it('takes a name of the language itself for a name, not for an alias', () => {
    expect(readSupportedCodecs('constructor,toString')).toEqual(['constructor', 'tostring'])
  })
})

describe('what an endpoint plays', () => {
  it('is all the usual where it says nothing', () => {
    expect(['mp3', 'opus', 'pcm', 'pcmu', 'pcma'].every((codec) => playsCodec(null, codec))).toBe(true)
    expect(playsCodec(null, 'gsm')).toBe(false)
  })

  it('is only what it says where it says something', () => {
    expect(playsCodec(['opus'], 'mp3')).toBe(false)
    expect(mayPlayFormat(['opus'], 'opus')).toBe(true)
    expect(mayPlayFormat(['pcmu'], 'wav')).toBe(true)
    expect(mayPlayFormat(['g722'], 'mp3')).toBe(false)
    expect(mayPlayFormat(['g722'], 'wav')).toBe(false)
  })

  it('promises Ogg for opus, and for the others their own name', () => {
    expect((['opus', 'mp3', 'wav'] as const).map(promisedContainer)).toEqual(['ogg', 'mp3', 'wav'])
  })
})
