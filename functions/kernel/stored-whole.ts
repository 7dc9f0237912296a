import { Fault } from './fault.ts';

/**
 * Whatever is stored has as many bytes as were made of it: what has more or fewer is named by no record, and so is nobody's.
 * @param made bytes, as whoever made and digested them has counted
 * @param stored as the store has taken them
 * @throws Fault, after which the work is done once more
 */
export function mustBeWhole(made: number, stored: { readonly bytes: number }): void {
  if (stored.bytes !== made) throw new Fault(`${made} bytes were made and ${stored.bytes} stored`);
}
