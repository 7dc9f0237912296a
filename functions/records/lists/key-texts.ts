import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { COMMA } from '../csv/scanner.ts';
import type { CellsBehind } from './key-lines.ts';
import type { ListedField } from './list-columns.ts';
import { type ComparedText, orderedCell } from './ordered-cell.ts';

export interface KeyedFields {
  readonly key: readonly ListedField[];
  readonly compare: readonly ListedField[];
  readonly schema: TableSchema;
  readonly textOf?: ComparedText | undefined;
}

/** The ordered texts of the key and of what is compared; missing ones are empty without quotes. */
export function keyTexts({ key, compare, schema, textOf }: KeyedFields): CellsBehind {
  const texts = [...key, ...compare].map((listed) => orderedCell(listed, schema, textOf));
  return (memory, cells, output) => {
    for (let i = 0; i < texts.length; i += 1) {
      output.byte(COMMA);
      const found = texts[i]?.(memory, cells, output);
      if (found === 'invalid' || (found === 'missing' && i < key.length)) return false;
    }
    return true;
  };
}
