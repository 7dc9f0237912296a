import type { IncomingMessage } from 'node:http';

/** Every value of every header, by lower-case name. */
export type Headers = Readonly<Record<string, string[] | undefined>>;

/**
 * As Node's `headersDistinct`, which fails on names that every object has (`constructor`): these are headers like any
 * other (RFC 9110, section 5.1).
 */
export function headersOf({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): Headers {
  const names = rawHeaders.flatMap((text, position) =>
    position % 2 === 0 ? [[text.toLowerCase(), rawHeaders[position + 1] ?? ''] as const] : [],
  );
  return grouped(names);
}

/** The values of each name, in an object without a prototype: whatever it is called, a name is its own. */
export function grouped(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const groups = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of pairs) (groups[name] ??= []).push(value);
  return groups;
}
