import type { Field } from '../../../schemas/contracts/definition.ts';
import type { Column } from './column.ts';

/**
 * A value of a stored dataset that was accepted once and is none of its type by the rules of today: trying again never
 * helps, the file sent again does.
 */
export class UnreadableValue extends Error {
  override readonly name = 'UnreadableValue';
}

/** The logical value of a cell that is there. @throws UnreadableValue */
export function storedValue({ type, field }: Column, text: string): unknown {
  const value = type.read(text);
  if (value === undefined) throw unreadable(field);
  return value;
}

export const unreadable = ({ name, type }: Field): UnreadableValue =>
  new UnreadableValue(
    `a value of the field ${JSON.stringify(name)} is no ${type} by the rules of today; have the file sent again`,
  );
