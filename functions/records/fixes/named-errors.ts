import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Language } from '../../../schemas/words/language.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { type Column, columnOf } from '../types/column.ts';
import { ErrorTexts } from './error-texts.ts';

/** What is wrong in one cell, or in the record as a whole. */
export interface NamedError {
  /** Undefined for a rule of the record, or of a key of several fields. */
  readonly field: string | undefined;
  readonly text: string;
}

const RECORD = 'record';

/** What the column of errors says of a record, which is English, in the reader's language and by fields. */
export class NamedErrors {
  private readonly columns: ReadonlyMap<string, Column>;
  private readonly texts: ErrorTexts;
  private readonly each: RegExp;

  constructor(schema: TableSchema, language: Language) {
    this.columns = new Map(schema.fields.map((field) => [field.name, columnOf(field, schema)]));
    this.texts = new ErrorTexts(schema, language);
    const names = [...this.columns.keys()].toSorted((a, b) => b.length - a.length).map(literally);
    this.each = new RegExp(`(?:^|; )((?:${names.join('|')}|${RECORD})(?:\\+(?:${names.join('|')}))*): (\\w+), `, 'gu');
  }

  /** @param valueOf the cell of a field of the record */
  of(errors: string, valueOf: (field: string) => string): NamedError[] {
    return [...errors.matchAll(this.each)].map(([, name = '', rule = '']) => {
      const column = this.columns.get(name);
      const kind = column && kindOf(rule, valueOf(name), column);
      const field = name === RECORD && column === undefined ? '' : name;
      return { field: column?.name, text: this.texts.of([{ rule, field, column: 0, value: '', kind }]) };
    });
  }
}

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
