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
  if (value === undefined)
    throw new UnreadableValue(
      `a value of the field ${JSON.stringify(field.name)} is no ${field.type} by the rules of today; have the file sent again`,
    );
  return value;
}
