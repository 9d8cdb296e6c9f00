// The part of the panel that keeps records, over Node's SHA-256; files that would be downloaded are collected.
import type { PanelPorts } from '../../src/services/panel-ports'
import { createRecordKeeping } from '../../src/services/record-keeping'
import { sha256 } from './evidence-files'

export interface SavedFile {
  readonly name: string
  readonly text: string
}

/** One hour east of UTC. */
export const testSealing = {
  digest: (text: string) => Promise.resolve(sha256(text)),
  utcOffsetMin: () => 60,
}

export function keepingParts(saved: SavedFile[] = []): PanelPorts['loadKeeping'] {
  return () =>
    Promise.resolve({
      create: createRecordKeeping,
      sealing: testSealing,
      downloads: { save: (name: string, _type: string, text: string) => void saved.push({ name, text }) },
    })
}
