/** Where in an order the last item of a page stood. */
export const encodePosition = (position: readonly (string | number)[]): string => JSON.stringify(position);

/** Undefined for what is none: such a list begins at its beginning. */
export function decodePosition(cursor: string | undefined): readonly unknown[] | undefined {
  if (cursor === undefined) return undefined;
  try {
    const position: unknown = JSON.parse(cursor);
    return Array.isArray(position) ? position : undefined;
  } catch {
    return undefined;
  }
}
