/**
 * Whether the `t` just opened is text of the item that lies so deep (ECMA-376, part 1, CT_Rst): its own, or that of a run.
 * What says how to pronounce it (`rPh`) is none.
 */
export const isTextOf = (path: readonly string[], depth: number): boolean =>
  path.length === depth + 1 || (path.length === depth + 2 && path[depth] === 'r');
