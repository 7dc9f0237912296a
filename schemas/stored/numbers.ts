import type { StoredKind } from './kinds.ts';

/**
 * Of kinds whose shape has become another, its number; of all others it is 1, and so is that of an item which says none.
 * An item says by which shape it was last written as a whole. A reader that finds a lower number than its own makes new
 * members of the old ones, also where there are some: an older version has worked on it since
 * (docs/operations.md, "When the shape of what is stored changes").
 */
export const shapeNumbers: Readonly<Partial<Record<StoredKind, number>>> = {};
