import { COMMA } from '../csv/scanner.ts';
import { keyedDigest } from '../types/ordered/keyed-digest.ts';
import type { CellsBehind } from './key-lines.ts';
import type { KeyedFields } from './key-texts.ts';
import { orderedTextOf } from './ordered-cell.ts';

/** One keyed digest of the key, in the place of its texts. */
export function keyDigests({ key, schema }: Pick<KeyedFields, 'key' | 'schema'>, secret: Uint8Array): CellsBehind {
  const texts = key.map((listed) => ({ index: listed.index, textOf: orderedTextOf(listed, schema) }));
  const digest = keyedDigest(secret);
  return ({ bytes }, cells, output) => {
    const parts: string[] = [];
    for (const { index, textOf } of texts) {
      const text = textOf(cells.text(bytes, index));
      if (typeof text !== 'string') return false;
      parts.push(text);
    }
    output.byte(COMMA);
    output.text(digest(parts));
    return true;
  };
}
