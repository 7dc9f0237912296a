import type { Field, FieldCheck } from '../../../../schemas/contracts/definition.ts';
import { note, type Note } from '../draft.ts';
import { sensitivityOf } from './hints.ts';
import type { Profile } from './profile.ts';

/** Guessed from the codes themselves, else from the name of the column; undefined where nothing speaks for it. */
export function sensitivityFor(
  { name, mobiles }: Profile,
  check: FieldCheck | undefined,
  path: string,
  notes: Note[],
): Field['sensitivity'] | undefined {
  const guess = (level: Field['sensitivity'], why: string): Field['sensitivity'] => {
    notes.push(note(`${path}/sensitivity`, `${level}, guessed ${why}: whether it is so is for you to decide`));
    return level;
  };
  if (check === 'gb11643') return guess('personal', 'as the values are identity numbers');
  if (mobiles) return guess('personal', 'as the values are mobile numbers');
  const named = sensitivityOf(name);
  return named && guess(named, 'from the name of the column');
}
