/** Structure of GeoJSON objects by RFC 7946, section 3; foreign members are allowed (section 6.1). */

export type Json = Readonly<Record<string, unknown>>;

/** Geometry collections within collections, and whatever else a file nests, end here. */
export const MAX_DEPTH = 32;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON has no infinity, but a number such as 1e999 becomes one. */
const isNumber = (value: unknown): value is number => Number.isFinite(value);

export const isPosition = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 2 && value.every(isNumber);

export const listOf =
  (item: (value: unknown) => boolean, least = 0) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length >= least && value.every((part) => item(part));

/** Twice as many numbers as there are dimensions, if the object has one (RFC 7946, section 5; TopoJSON, section 3). */
export const hasGoodBbox = ({ bbox }: Json): boolean =>
  bbox === undefined || (Array.isArray(bbox) && bbox.length >= 4 && bbox.length % 2 === 0 && bbox.every(isNumber));

/** What defines one kind of object, the others may not have (RFC 7946, section 7.1). */
const lacks = (value: Json, ...names: readonly string[]): boolean => names.every((name) => !Object.hasOwn(value, name));

const isLine = listOf(isPosition, 2);

/** A linear ring has four or more positions, the last equal to the first (RFC 7946, section 3.1.6). */
const isRing = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 4 &&
  value.every(isPosition) &&
  JSON.stringify(value[0]) === JSON.stringify(value.at(-1));

const isPolygon = listOf(isRing);

const COORDINATES: Readonly<Record<string, (value: unknown) => boolean>> = {
  Point: isPosition,
  MultiPoint: listOf(isPosition),
  LineString: isLine,
  MultiLineString: listOf(isLine),
  Polygon: isPolygon,
  MultiPolygon: listOf(isPolygon),
};

function isGeometry(value: unknown, depth: number): boolean {
  if (!isObject(value) || depth > MAX_DEPTH) return false;
  if (!lacks(value, 'geometry', 'properties', 'features') || !hasGoodBbox(value)) return false;
  if (value['type'] === 'GeometryCollection') return listOf((part) => isGeometry(part, depth + 1))(value['geometries']);
  const { type } = value;
  const test = typeof type === 'string' && Object.hasOwn(COORDINATES, type) ? COORDINATES[type] : undefined;
  // An empty coordinates array is a null geometry that RFC 7946 (section 3.1) lets processors accept.
  const { coordinates } = value;
  return test !== undefined && ((Array.isArray(coordinates) && coordinates.length === 0) || test(coordinates));
}

const isFeature = (value: unknown): boolean =>
  isObject(value) &&
  value['type'] === 'Feature' &&
  lacks(value, 'coordinates', 'geometries', 'features') &&
  hasGoodBbox(value) &&
  (value['geometry'] === null || isGeometry(value['geometry'], 0)) &&
  (value['properties'] === null || isObject(value['properties'])) &&
  (!('id' in value) || typeof value['id'] === 'string' || typeof value['id'] === 'number');

const isFeatureCollection = (value: unknown): boolean =>
  isObject(value) &&
  value['type'] === 'FeatureCollection' &&
  lacks(value, 'coordinates', 'geometries', 'geometry', 'properties') &&
  hasGoodBbox(value) &&
  listOf(isFeature)(value['features']);

export const isGeojson = (value: unknown): boolean =>
  isGeometry(value, 0) || isFeature(value) || isFeatureCollection(value);
