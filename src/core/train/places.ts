/** Parameters by their place among all, and by name and index. */
import { Fault, type ParameterInfo } from '../spec/index.ts'

/** A parameter's place among all laid end to end, with its name and index. */
export interface Place {
  readonly place: number
  readonly name: string
  readonly index: number
  readonly info: ParameterInfo
}

/** Names and indices of places that the network has. */
export function placesOf(parameters: readonly ParameterInfo[], places: readonly number[]): readonly Place[] {
  return places.map((place) => {
    const info = parameters.find(({ offset, size }) => place >= offset && place < offset + size)
    if (info === undefined) throw new Error(`internal: no parameter ${place}`)
    return { place, name: info.name, index: place - info.offset, info }
  })
}

/** The place of a parameter among all; undefined where the network has none. */
export function placeOf(parameters: readonly ParameterInfo[], name: string, index: number): number | undefined {
  const info = parameters.find((parameter) => parameter.name === name)
  if (info === undefined || !Number.isInteger(index) || index < 0 || index >= info.size) return undefined
  return info.offset + index
}

/** The same; throws `EDIT-001` at `path` where the network has none. */
export function knownPlaceOf(parameters: readonly ParameterInfo[], name: string, index: number, path: string): number {
  const place = placeOf(parameters, name, index)
  if (place === undefined) throw new Fault('EDIT-001', { parameter: name, index }, path)
  return place
}
