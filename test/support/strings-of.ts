type Path = readonly PropertyKey[];

/** Where the strings of a value are. */
export function stringsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => stringsOf(member, [...path, name]));
}

/** The value with another string at one place. */
export function withChange(value: unknown, [name, ...rest]: Path, change: (text: string) => string): unknown {
  if (name === undefined) return change(value as string);
  const members = value as Record<PropertyKey, unknown>;
  const next = withChange(members[name], rest, change);
  return Array.isArray(value) ? value.with(Number(name), next) : { ...members, [name]: next };
}
