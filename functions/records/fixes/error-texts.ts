import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Language } from '../../../schemas/words/language.ts';
import type { Found } from '../check/violations.ts';
import { explainKind, explainRule } from '../wording/explain.ts';

/** The words of the column `errors`: `approved_on: type, a date as 2026-12-31 (looks like DD/MM/YYYY)`. */
export class ErrorTexts {
  private readonly language: Language;
  private readonly fields: ReadonlyMap<string, TableSchema['fields'][number]>;
  /** One text for each field, rule and kind: as many as the definition gives rise to. */
  private readonly texts = new Map<string, string>();

  /** @param language the hub's own files speak English */
  constructor({ fields }: TableSchema, language: Language = 'en') {
    this.language = language;
    this.fields = new Map(fields.map((field) => [field.name, field]));
  }

  /** Warnings are not named: they need no mending. */
  of(found: readonly Found[]): string {
    return found
      .filter(({ warns }) => warns !== true)
      .map((violation) => this.one(violation))
      .join(this.language === 'zh' ? '；' : '; ');
  }

  private one({ field, rule, kind }: Found): string {
    const id = `${rule}\n${kind ?? ''}\n${field}`;
    let text = this.texts.get(id);
    if (text === undefined) {
      text = this.said({ field, rule, kind });
      this.texts.set(id, text);
    }
    return text;
  }

  private said({ field, rule, kind }: Pick<Found, 'field' | 'rule' | 'kind'>): string {
    const { language } = this;
    const { expected, fault } = explainRule(rule, this.fields.get(field), language);
    const seems = kind === undefined ? '' : explainKind(kind, language).says;
    if (language === 'zh') return `${field || '整条记录'}：${fault}，应为：${expected}${seems && `（${seems}）`}`;
    return `${field || 'record'}: ${rule}, ${expected}${seems && ` (${seems})`}`;
  }
}
