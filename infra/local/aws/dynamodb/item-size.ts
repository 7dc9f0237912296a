import engine, { type Attributes } from 'dynalite/db/index.js';

/**
 * dynalite counts a text by its UTF-16 units, DynamoDB by its bytes as UTF-8
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html): of Chinese words it
 * would take three times of what fits in an item there.
 */
export function countBytes(): void {
  const ofItem = engine.itemSize.bind(engine);
  engine.itemSize = (item, compress, ...more) => ofItem(item, compress, ...more) + (compress ? 0 : beyondUnits(item));
}

/** Bytes that the names and texts of attributes have beyond their units. */
const beyondUnits = (attributes: Attributes): number =>
  Object.entries(attributes).reduce((sum, [name, value]) => sum + ofText(name) + ofValue(value), 0);

const ofText = (text: string): number => Buffer.byteLength(text, 'utf8') - text.length;

function ofValue({ S, SS, L, M }: Attributes[string]): number {
  if (typeof S === 'string') return ofText(S);
  if (SS) return (SS as string[]).reduce((sum, text) => sum + ofText(text), 0);
  if (L) return (L as Attributes[string][]).reduce((sum, value) => sum + ofValue(value), 0);
  return M ? beyondUnits(M as Attributes) : 0;
}
