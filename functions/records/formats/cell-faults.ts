import type { BrokenCell } from '../csv/markers.ts';
import { DELETE, OP_COLUMN } from '../header/op.ts';
import type { Forms } from './forms.ts';

interface NamedColumn {
  readonly name: string;
  readonly forms: Forms;
}

/** What in a record of another format cannot stand in CSV without being taken for something else. */
export class CellFaults {
  private readonly columns: readonly NamedColumn[];
  private readonly opColumn: number;
  private found: BrokenCell[] = [];

  constructor(columns: readonly NamedColumn[]) {
    this.columns = columns;
    this.opColumn = columns.findIndex(({ name }) => name === OP_COLUMN);
  }

  /** @param i of the column, from 0 */
  add(rule: BrokenCell['rule'], i: number, text: string): void {
    this.found.push({ rule, column: i + 1, text });
  }

  /**
   * Those of the record that ends here; undefined if there are none. Of a delete only the key is read (PROTOCOL, Changes).
   * @param textAt text of a column of the record, from 0
   */
  take(textAt: (i: number) => string | undefined): readonly BrokenCell[] | undefined {
    if (this.found.length === 0) return undefined;
    const { found } = this;
    this.found = [];
    if (this.opColumn < 0 || textAt(this.opColumn) !== DELETE) return found;
    const ofKey = found.filter(({ column }) => this.columns[column - 1]?.forms.isKey);
    return ofKey.length > 0 ? ofKey : undefined;
  }
}
