import { canonicalDecimal, compareDecimals, type Decimal } from '../decimal.ts';
import { isGeojson } from './geojson.ts';
import type { LogicalType } from '../logical-type.ts';
import { numberType } from '../numeric.ts';
import { stableJson } from '../stable-json.ts';
import { isTopojson } from './topojson.ts';

interface Point {
  readonly lon: Decimal;
  readonly lat: Decimal;
}

const degrees = numberType({});
const HALF_TURN = 180;
const QUARTER_TURN = 90;

function within(value: Decimal | undefined, bound: number): value is Decimal {
  const limit = degrees.read(String(bound));
  if (!value || value.special || !limit) return false;
  return compareDecimals({ ...value, sign: value.sign === 0 ? 0 : 1 }, limit) <= 0;
}

function pointOf(lon: string, lat: string): Point | undefined {
  const point = { lon: degrees.read(lon), lat: degrees.read(lat) };
  return within(point.lon, HALF_TURN) && within(point.lat, QUARTER_TURN)
    ? { lon: point.lon, lat: point.lat }
    : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fromNumbers = (lon: unknown, lat: unknown): Point | undefined =>
  typeof lon === 'number' && typeof lat === 'number' ? pointOf(String(lon), String(lat)) : undefined;

function readPair(text: string): Point | undefined {
  const match = /^([^,]+), ?([^,]+)$/.exec(text);
  return match ? pointOf(match[1] ?? '', match[2] ?? '') : undefined;
}

function readArray(text: string): Point | undefined {
  const value = parsedJson(text);
  return Array.isArray(value) && value.length === 2 ? fromNumbers(value[0], value[1]) : undefined;
}

function readObject(text: string): Point | undefined {
  const value = parsedJson(text);
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return undefined;
  return 'lon' in value && 'lat' in value ? fromNumbers(value.lon, value.lat) : undefined;
}

const GEOPOINT_READERS: Readonly<Record<string, (text: string) => Point | undefined>> = {
  default: readPair,
  array: readArray,
  object: readObject,
};

/** `lon, lat` in degrees, longitude within ±180 and latitude within ±90. */
export function geopointType(format = 'default'): LogicalType<Point> | undefined {
  const reader = Object.hasOwn(GEOPOINT_READERS, format) ? GEOPOINT_READERS[format] : undefined;
  return reader && { read: reader, canonical: ({ lon, lat }) => `${canonicalDecimal(lon)},${canonicalDecimal(lat)}` };
}

const GEOJSON_TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  default: isGeojson,
  topojson: isTopojson,
};

export function geojsonType(format = 'default'): LogicalType<object> | undefined {
  const test = Object.hasOwn(GEOJSON_TESTS, format) ? GEOJSON_TESTS[format] : undefined;
  if (!test) return undefined;
  const readGeojson = (text: string): object | undefined => {
    const value = parsedJson(text);
    return typeof value === 'object' && value !== null && test(value) ? value : undefined;
  };
  return { read: readGeojson, canonical: stableJson };
}
