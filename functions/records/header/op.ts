/** The column that says what an edit does. No field has this name. */
export const OP_COLUMN = '_op';

export const UPSERT = 'upsert';
export const DELETE = 'delete';
export type Op = typeof UPSERT | typeof DELETE;

/** An empty cell is an upsert; undefined is what is neither. */
export function opOf(text: string): Op | undefined {
  if (text === '') return UPSERT;
  return text === UPSERT || text === DELETE ? text : undefined;
}
