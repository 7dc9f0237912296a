/** Structure of GeoJSON objects by RFC 7946, section 3; foreign members are allowed (section 6.1). */

type Json = Readonly<Record<string, unknown>>;

/** Geometry collections within collections, and whatever else a file nests, end here. */
const MAX_DEPTH = 32;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPosition = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 2 && value.every((part) => typeof part === 'number');

const listOf =
  (item: (value: unknown) => boolean, least = 0) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.length >= least && value.every((part) => item(part));

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
  (value['geometry'] === null || isGeometry(value['geometry'], 0)) &&
  (value['properties'] === null || isObject(value['properties'])) &&
  (!('id' in value) || typeof value['id'] === 'string' || typeof value['id'] === 'number');

export const isGeojson = (value: unknown): boolean =>
  isGeometry(value, 0) ||
  isFeature(value) ||
  (isObject(value) && value['type'] === 'FeatureCollection' && listOf(isFeature)(value['features']));

/** TopoJSON specification, section 2.1: a topology has objects and arcs. */
export const isTopojson = (value: unknown): boolean =>
  isObject(value) &&
  value['type'] === 'Topology' &&
  isObject(value['objects']) &&
  listOf(listOf(isPosition))(value['arcs']);
