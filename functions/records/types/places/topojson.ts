import { hasGoodBbox, isObject, isPosition, type Json, listOf, MAX_DEPTH } from './geojson.ts';

/** The TopoJSON format specification, section 2: an object is a topology, or a geometry by itself. */
export const isTopojson = (value: unknown): boolean =>
  isObject(value) && (value['type'] === 'Topology' ? isTopology(value) : isGeometry(value, BY_ITSELF, 0));

/** What the geometries of a topology have to fit. */
interface Frame {
  /** The topology's arcs; a geometry by itself may name any. */
  readonly arcs: number;
  /** Positions of a quantized topology are whole numbers (section 2.1.2). */
  readonly quantized: boolean;
}

const BY_ITSELF: Frame = { arcs: Number.POSITIVE_INFINITY, quantized: false };

function isTopology(value: Json): boolean {
  const { arcs, objects, transform } = value;
  const quantized = transform !== undefined;
  if (!Array.isArray(arcs) || !isObject(objects) || !hasGoodBbox(value)) return false;
  if (quantized && !isTransform(transform)) return false;
  const frame: Frame = { arcs: arcs.length, quantized };
  return (
    listOf(listOf(positionIn(frame), 2))(arcs) && Object.values(objects).every((object) => isGeometry(object, frame, 0))
  );
}

const isPair = (value: unknown): boolean => isPosition(value) && (value as unknown[]).length === 2;

const isTransform = (value: unknown): boolean =>
  isObject(value) && isPair(value['scale']) && isPair(value['translate']);

const positionIn =
  ({ quantized }: Frame) =>
  (value: unknown): boolean =>
    isPosition(value) && (!quantized || (value as unknown[]).slice(0, 2).every(Number.isInteger));

/** Section 2.1.3: from 0, or for an arc in reverse its ones' complement. */
const arcIn =
  ({ arcs }: Frame) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) < arcs && (value as number) >= -arcs;

const PARTS: Readonly<Record<string, (frame: Frame, value: Json) => boolean>> = {
  Point: (frame, { coordinates }) => positionIn(frame)(coordinates),
  MultiPoint: (frame, { coordinates }) => listOf(positionIn(frame))(coordinates),
  LineString: (frame, { arcs }) => listOf(arcIn(frame))(arcs),
  MultiLineString: (frame, { arcs }) => listOf(listOf(arcIn(frame)))(arcs),
  Polygon: (frame, { arcs }) => listOf(listOf(arcIn(frame)))(arcs),
  MultiPolygon: (frame, { arcs }) => listOf(listOf(listOf(arcIn(frame))))(arcs),
};

/** The reference implementation writes a feature without geometry with the type null, which the text does not mention. */
function isGeometry(value: unknown, frame: Frame, depth: number): boolean {
  if (!isObject(value) || depth > MAX_DEPTH || !hasGoodBbox(value)) return false;
  const { type, properties } = value;
  if (properties !== undefined && properties !== null && !isObject(properties)) return false;
  if (type === null) return frame !== BY_ITSELF;
  if (type === 'GeometryCollection') return listOf((part) => isGeometry(part, frame, depth + 1))(value['geometries']);
  const test = typeof type === 'string' && Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  return test !== undefined && test(frame, value);
}
