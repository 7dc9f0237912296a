import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Found } from '../check/violations.ts';
import { explainKind, explainRule } from '../wording/explain.ts';

/** The words of the column `errors`: `approved_on: type, a date as 2026-12-31 (looks like DD/MM/YYYY)`. */
export class ErrorTexts {
  private readonly fields: ReadonlyMap<string, TableSchema['fields'][number]>;
  /** One text for each field, rule and kind: as many as the definition gives rise to. */
  private readonly texts = new Map<string, string>();

  constructor({ fields }: TableSchema) {
    this.fields = new Map(fields.map((field) => [field.name, field]));
  }

  /** Warnings are not named: they need no mending. */
  of(found: readonly Found[]): string {
    return found
      .filter(({ warns }) => warns !== true)
      .map((violation) => this.one(violation))
      .join('; ');
  }

  private one({ field, rule, kind }: Found): string {
    const id = `${rule}\n${kind ?? ''}\n${field}`;
    let text = this.texts.get(id);
    if (text === undefined) {
      const { expected } = explainRule(rule, this.fields.get(field), 'en');
      const seems = kind === undefined ? '' : ` (${explainKind(kind, 'en').says})`;
      text = `${field || 'record'}: ${rule}, ${expected}${seems}`;
      this.texts.set(id, text);
    }
    return text;
  }
}
