import type { Certain } from './contract.ts';
import {
  anyObjectEnd,
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  blanksEnd,
  inQuotes,
  isAt,
  type JsonReader,
  listEnd,
  numberEnd,
  objectEnd,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  stringEnd,
  tokenAt,
  valueStart,
} from './json-bytes.ts';

/**
 * GeoJSON as programs write it: a geometry of a type and coordinates, in this order, and features of nothing but what
 * RFC 7946 has in them. Of TopoJSON points by themselves.
 */
export function certainGeojson(format = 'default'): Certain | undefined {
  if (format === 'topojson') return (bytes, start, end, doubled) => doubled && point(bytes, start, end) === end;
  if (format !== 'default') return undefined;
  return (bytes, start, end, doubled) =>
    doubled &&
    (geometry(bytes, start, end) === end ||
      feature(bytes, start, end) === end ||
      collection(bytes, start, end) === end);
}

const position = listEnd(numberEnd, 2);
const line = listEnd(position, 2);
const closed = listEnd(position, 4);

/** The same bytes, not only the same numbers, at both ends. */
const ring: JsonReader = (bytes, at, end) => {
  const i = closed(bytes, at, end);
  if (i < 0) return -1;
  let last = i - 2;
  while (last > at && bytes[last] !== OPEN_LIST) last -= 1;
  for (let first = at + 1; bytes[first] === bytes[last]; first += 1, last += 1)
    if (bytes[first] === CLOSE_LIST) return i;
  return -1;
};
const polygon = listEnd(ring, 1);

const GEOMETRIES: readonly (readonly [type: string, coordinates: JsonReader])[] = [
  ['Point', position],
  ['LineString', line],
  ['Polygon', polygon],
  ['MultiPoint', listEnd(position, 1)],
  ['MultiLineString', listEnd(line, 1)],
  ['MultiPolygon', listEnd(polygon, 1)],
];

/** An object of a type and one other member, which depends on the type. */
function typed(kinds: readonly (readonly [type: string, value: JsonReader])[], member: string): JsonReader {
  const types = kinds.map(([type]) => inQuotes(type));
  const other = inQuotes(member);
  return (bytes, at, end) => {
    let i = bytes[at] === OPEN_OBJECT ? memberAt(TYPE, bytes, blanksEnd(bytes, at + 1, end), end) : -1;
    const kind = i < 0 ? -1 : tokenAt(types, bytes, i);
    if (kind < 0) return -1;
    i = blanksEnd(bytes, i + (types[kind]?.length ?? 0), end);
    if (bytes[i] !== COMMA) return -1;
    i = memberAt(other, bytes, blanksEnd(bytes, i + 1, end), end);
    i = i < 0 ? -1 : (kinds[kind]?.[1](bytes, i, end) ?? -1);
    if (i < 0) return -1;
    i = blanksEnd(bytes, i, end);
    return i < end && bytes[i] === CLOSE_OBJECT ? i + 1 : -1;
  };
}

const TYPE = inQuotes('type');

/** Where the value of the member of this name begins, if it is the one that stands at `at`. */
function memberAt(name: Uint8Array, bytes: Uint8Array, at: number, end: number): number {
  return isAt(name, bytes, at) ? valueStart(bytes, at + name.length, end) : -1;
}

const geometry = typed(GEOMETRIES, 'coordinates');
const point = typed([['Point', position]], 'coordinates');

const NULL = Buffer.from('null', 'utf8');
const orNull =
  (value: JsonReader): JsonReader =>
  (bytes, at, end) =>
    isAt(NULL, bytes, at) ? at + 4 : value(bytes, at, end);

const FEATURE = inQuotes('Feature');
const FEATURE_MEMBERS: readonly (readonly [name: Uint8Array, value: JsonReader])[] = [
  [TYPE, (bytes, at) => (isAt(FEATURE, bytes, at) ? at + FEATURE.length : -1)],
  [inQuotes('geometry'), orNull(geometry)],
  [inQuotes('properties'), orNull(anyObjectEnd)],
  [inQuotes('id'), (bytes, at, end) => (bytes[at] === QUOTE ? stringEnd : numberEnd)(bytes, at, end)],
];
const FEATURE_NAMES = FEATURE_MEMBERS.map(([name]) => name);
/** Bits of the first three. */
const NEEDED = 0b111;

/** Its members in any order, none of them twice. */
const feature: JsonReader = (bytes, at, end) => {
  seen = 0;
  const i = featureEnd(bytes, at, end);
  return (seen & NEEDED) === NEEDED ? i : -1;
};
/** Members of the feature that is read. */
let seen = 0;
const featureEnd = objectEnd((bytes, at, end) => {
  const which = tokenAt(FEATURE_NAMES, bytes, at);
  const [name, value] = FEATURE_MEMBERS[which] ?? [];
  if (!name || !value || (seen & (1 << which)) !== 0) return -1;
  seen |= 1 << which;
  const i = valueStart(bytes, at + name.length, end);
  return i < 0 ? -1 : value(bytes, i, end);
});

const collection = typed([['FeatureCollection', listEnd(feature, 0)]], 'features');
