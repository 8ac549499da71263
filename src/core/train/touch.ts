/** Single numbers and groups of them under a person's hand. */
import { Fault } from '../spec/index.ts'
import type { ChangeEffect } from './change.ts'
import { type Group, placesOfGroup } from './groups.ts'
import { knownPlaceOf } from './places.ts'
import type { Session } from './session.ts'

/** Sets one learned number. Throws `EDIT-001` for an unknown place, `EDIT-002` for a value that is not finite, `EDIT-003` for one that is off. */
export function setParameter(session: Session, name: string, index: number, value: number): ChangeEffect {
  const path = `parameters.${name}.${index}`
  const place = knownPlaceOf(session.parameters, name, index, path)
  if (!Number.isFinite(Math.fround(value))) throw new Fault('EDIT-002', { value }, path)
  if (session.hand.holds.at(place).off !== null) throw new Fault('EDIT-003', {}, path)
  const values = Float32Array.from(session.readParameters())
  const from = values[place]
  values[place] = value
  session.writeParameters(values)
  return { path, from, to: Math.fround(value), reshaped: false, restarted: false }
}

/** Freezes or switches off places, or no longer; returns those that were not so before. */
export function holdPlaces(
  session: Session,
  places: readonly number[],
  what: 'frozen' | 'off',
  isHeld: boolean,
): readonly number[] {
  const values = Float32Array.from(session.readParameters())
  let hasMoved = false
  const changed = places.filter((place) => {
    const { from, moved } = session.hand.holds.hold(place, what, isHeld, values)
    hasMoved ||= moved
    return from !== isHeld
  })
  if (hasMoved) session.writeParameters(values)
  session.stopping.restart(session.epoch)
  return changed
}

/**
 * Freezes a parameter (training leaves it as it is) or switches it off (training leaves it at 0; its value comes back
 * when it is switched on). Throws `EDIT-001` for an unknown place.
 */
export function holdParameter(
  session: Session,
  name: string,
  index: number,
  what: 'frozen' | 'off',
  isHeld: boolean,
): ChangeEffect {
  const path = `parameters.${name}.${index}.${what}`
  const place = knownPlaceOf(session.parameters, name, index, path)
  const changed = holdPlaces(session, [place], what, isHeld)
  return { path, from: changed.length > 0 ? !isHeld : isHeld, to: isHeld, reshaped: false, restarted: false }
}

/** The same for a stop or a layer; `places` are those that changed. */
export function holdGroup(
  session: Session,
  group: Group,
  what: 'frozen' | 'off',
  isHeld: boolean,
): ChangeEffect & { readonly places: readonly number[] } {
  const path = `${group.node === null ? `layers.${group.layer}` : `nodes.${group.layer}.${group.node}`}.${what}`
  const places = holdPlaces(session, placesOfGroup(session, group, what), what, isHeld)
  return { path, from: places.length > 0 ? !isHeld : isHeld, to: isHeld, reshaped: false, restarted: false, places }
}
