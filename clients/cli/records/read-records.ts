import { Failure } from '../terminal/failure.ts';

/** A record, and where it stands. */
export interface Placed {
  /** For people: `line 17`, `record 17`. */
  readonly place: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/** A line is a record, and the hub takes none beyond a mebibyte; an array has to be read as a whole. */
const MAX_LINE = 8 * 1024 ** 2;
const MAX_ARRAY = 64 * 1024 ** 2;

/**
 * The records of a JSON array, or of NDJSON, line by line as they come. Numbers that JavaScript would change stand as
 * texts, which the hub reads as the same value.
 *
 * @throws Failure where it is neither
 */
export async function* recordsIn(input: AsyncIterable<Uint8Array>): AsyncGenerator<Placed> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let line = 0;
  let isArray: boolean | undefined;
  for await (const chunk of input) {
    text += decoded(decoder, chunk);
    isArray ??= /^\s*\S/.test(text) ? text.trimStart().startsWith('[') : undefined;
    if (text.length > (isArray ? MAX_ARRAY : MAX_LINE)) throw tooLong(isArray === true);
    if (isArray !== false) continue;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const one of lines) yield* recordOn(one, (line += 1));
  }
  text += decoded(decoder);
  if (isArray) yield* recordsOfArray(text);
  else yield* recordOn(text, line + 1);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    const text = { what: 'The records are not UTF-8.', code: 'not-json', next: ['Save them as UTF-8.'] };
    throw new Failure(text, { cause });
  }
}

/** Blank lines are skipped. */
function* recordOn(text: string, line: number): Generator<Placed> {
  if (text.trim() === '') return;
  yield { place: `line ${line}`, record: objectOf(parsed(text, `line ${line}`), `line ${line}`) };
}

function* recordsOfArray(text: string): Generator<Placed> {
  const items: unknown = parsed(text, 'the array');
  if (!Array.isArray(items)) throw notRecords('the array');
  for (const [index, item] of items.entries()) {
    const place = `record ${index + 1}`;
    yield { place, record: objectOf(item, place) };
  }
}

function objectOf(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notRecords(place);
  return value as Readonly<Record<string, unknown>>;
}

const notRecords = (place: string, why?: string, cause?: unknown): Failure =>
  new Failure(
    {
      what: `${place.charAt(0).toUpperCase()}${place.slice(1)} is no record.`,
      ...(why !== undefined && { why }),
      next: ['Records are JSON objects: one a line (NDJSON), or all in one array.'],
      code: 'not-json',
    },
    { cause },
  );

const tooLong = (isArray: boolean): Failure =>
  new Failure({
    what: isArray ? 'The array is longer than 64 MiB.' : 'A line is longer than any record may be.',
    next: ['Write one JSON object a line (NDJSON); of any length: hub upload FILE --content changes.'],
    code: 'too-large',
  });

type Reviver = (this: object, name: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Numbers within nested values (GeoJSON) stay numbers: of those the hub wants none as text. */
function parsed(text: string, place: string): unknown {
  const exact = new Map<object, Map<string, string>>();
  const remember: Reviver = function (name, value, { source }) {
    if (typeof value === 'number' && source !== undefined && String(value) !== source) {
      const own = exact.get(this) ?? new Map<string, string>();
      exact.set(this, own.set(name, source));
    }
    return value;
  };
  try {
    const value: unknown = JSON.parse(text, remember as Parameters<typeof JSON.parse>[1]);
    for (const record of Array.isArray(value) ? value : [value]) {
      for (const [name, source] of exact.get(record as object) ?? [])
        (record as Record<string, unknown>)[name] = source;
    }
    return value;
  } catch (cause) {
    throw notRecords(place, cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : undefined, cause);
  }
}
