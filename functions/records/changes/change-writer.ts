import type { ChangeCounts } from '../../../schemas/contracts/deliveries.ts';
import { Output, type Written } from '../csv/output.ts';
import type { DatasetSource, ExtractRequest, LinesWriter } from '../extract/extract-writer.ts';
import { hasEdits } from '../formats/natures.ts';
import type { Comparison } from './comparison.ts';
import { type Delivered, deliveredOf, passes, writeLine } from './delivered.ts';
import { EDIT_FORMS, type EditForm } from './edit-forms.ts';
import { DELETE, type Op, UPSERT } from '../header/op.ts';
import type { Row } from './row.ts';

/** Two versions of a dataset, and what they have in common. */
export interface Versions {
  readonly older: DatasetSource;
  readonly newer: DatasetSource;
  readonly key: readonly string[];
  readonly comparison: Comparison;
}

/** `rows` is the sum of `changes`. */
export type WrittenChanges = Written & { readonly rows: number; readonly changes: ChangeCounts };

/** The edits of one extract under way. */
export class ChangeWriter {
  readonly output: Output;
  readonly changes = { inserted: 0, updated: 0, deleted: 0 };
  private readonly form: EditForm;
  private readonly older: Delivered;
  private readonly newer: Delivered;
  private readonly comparison: Comparison;
  private readonly widths: { readonly whole: number | undefined; readonly key: number | undefined };

  /** @throws if the key is not delivered as it is, or in a format that has no edits. */
  constructor({ spec, sink, refer }: ExtractRequest, { older, newer, key, comparison }: Versions) {
    if (!hasEdits(spec.format)) throw new Error(`edits have no format ${spec.format}`);
    if (!key.every((name) => spec.fields.includes(name) && !Object.hasOwn(spec.mask, name)))
      throw new Error('edits need the whole key, unmasked');
    this.output = new Output(sink);
    this.form = EDIT_FORMS[spec.format];
    this.older = deliveredOf({ spec, refer }, key, older, this.form);
    this.newer = deliveredOf({ spec, refer }, key, newer, this.form);
    this.comparison = comparison;
    this.widths = this.form.hasQuotes
      ? { whole: spec.fields.length, key: spec.fields.filter((name) => key.includes(name)).length }
      : { whole: undefined, key: undefined };
    this.output.text(this.form.head(spec.fields));
  }

  /** Rows of one key, before and after; keys whose values are equal may still be delivered as different texts. */
  take(older: Row | undefined, newer: Row | undefined): void {
    const was = older && passes(this.older, older) ? older : undefined;
    const is = newer && passes(this.newer, newer) ? newer : undefined;
    if (was && is) {
      if (this.same('whole', was, is)) return;
      if (this.same('key', was, is)) {
        this.write(UPSERT, this.newer.whole, is);
        this.changes.updated += 1;
        return;
      }
    }
    if (was) {
      this.write(DELETE, this.older.keyAlone, was);
      this.changes.deleted += 1;
    }
    if (is) {
      this.write(UPSERT, this.newer.whole, is);
      this.changes.inserted += 1;
    }
  }

  async finish(): Promise<WrittenChanges> {
    const { inserted, updated, deleted } = this.changes;
    return { rows: inserted + updated + deleted, changes: { ...this.changes }, ...(await this.output.finish()) };
  }

  private same(part: 'whole' | 'key', was: Row, is: Row): boolean {
    return this.comparison.same(this.older[part], was, this.newer[part], is, this.widths[part]);
  }

  private write(op: Op, lines: LinesWriter, row: Row): void {
    const { output, form } = this;
    output.text(form.opening(op));
    const at = output.length;
    writeLine(lines, row, output);
    if (form.joint !== undefined) output.memory.bytes[at] = form.joint;
  }
}
