/** A frame's bytes: u32 length of the head, the head as UTF-8 JSON, padding to 8, then the sections' float32 data. */
import type { FrameHead, SectionName } from './protocol.ts'

interface Section {
  readonly name: SectionName
  readonly length: number
}
interface PackedHead extends FrameHead {
  readonly sections: readonly Section[]
}

export interface Frame {
  readonly head: FrameHead
  /** Views into the frame; empty where the lens did not ask. */
  readonly sections: ReadonlyMap<SectionName, Float32Array>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const align = (bytes: number): number => (bytes + 7) & ~7

/** Packs a head and its sections into one buffer that can be transferred. */
export function packFrame(head: FrameHead, sections: ReadonlyMap<SectionName, Float32Array>): ArrayBuffer {
  const list = [...sections].map(([name, data]) => ({ name, length: data.length }))
  const json = encoder.encode(JSON.stringify({ ...head, sections: list } satisfies PackedHead))
  const start = align(4 + json.length)
  const floats = list.reduce((sum, section) => sum + section.length, 0)
  const buffer = new ArrayBuffer(start + floats * 4)
  new DataView(buffer).setUint32(0, json.length, true)
  new Uint8Array(buffer).set(json, 4)
  let at = start
  for (const data of sections.values()) {
    new Float32Array(buffer, at, data.length).set(data)
    at += data.length * 4
  }
  return buffer
}

/** Reads a frame without copying its sections. */
export function readFrame(buffer: ArrayBuffer): Frame {
  const length = new DataView(buffer).getUint32(0, true)
  const { sections: list, ...head } = JSON.parse(decoder.decode(new Uint8Array(buffer, 4, length))) as PackedHead
  const sections = new Map<SectionName, Float32Array>()
  let at = align(4 + length)
  for (const section of list) {
    sections.set(section.name, new Float32Array(buffer, at, section.length))
    at += section.length * 4
  }
  return { head, sections }
}
