import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { Language, Words } from '../../../schemas/words/language.ts';
import { explainKind, explainRule } from './explain.ts';
import { isKind, KIND_WORDS } from './kinds/index.ts';
import { number, seemsZh } from './language.ts';

/** Many values that are wrong in one and the same way. */
interface Systematic {
  readonly kind: string;
  readonly count: number;
  /** "18,100 dates look like DD/MM/YYYY". */
  readonly says: string;
  readonly todo: string;
}

/** One row of the table that sums up the rejections and warnings of an upload. */
export interface SummaryLine {
  /** Empty for a rule of the whole record; names joined by `+` for a key. */
  readonly field: string;
  /** In the language asked for, where the definition has one. */
  readonly title: string | undefined;
  readonly rule: string;
  /** A warning rejects nothing. */
  readonly severity: 'error' | 'warning';
  readonly fault: string;
  readonly expected: string;
  readonly todo: string;
  readonly count: number;
  /** The first few. */
  readonly lines: readonly number[];
  readonly systematic: readonly Systematic[];
}

/** The rows of that table, in the order of the counts: rejections first. */
export function summaryLines(
  violations: readonly ViolationCount[],
  { fields }: TableSchema,
  language: Language,
): SummaryLine[] {
  const named = new Map(fields.map((field) => [field.name, field]));
  const warningsLast = violations.toSorted(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'),
  );
  return warningsLast.map((violation) => {
    const { field: name, rule, severity = 'error', count, firstLine, lines = [firstLine], looksLike = [] } = violation;
    const field = named.get(name);
    return {
      field: name,
      title: titleOf(name, named, language),
      rule,
      severity,
      ...explainRule(rule, field, language),
      count,
      lines,
      systematic: looksLike.map((kind) => systematic(kind, field, name, language)),
    };
  });
}

function titleOf(name: string, fields: ReadonlyMap<string, Field>, language: Language): string | undefined {
  const parts = (fields.has(name) ? [name] : name.split('+')).map((part) => fields.get(part));
  const titles = parts.map((field) =>
    language === 'en' ? (field?.titleEn ?? field?.title) : (field?.title ?? field?.titleEn),
  );
  return titles.every((title) => title !== undefined) ? titles.join(' + ') : undefined;
}

function systematic(
  { kind, count }: { kind: string; count: number },
  field: Field | undefined,
  name: string,
  language: Language,
): Systematic {
  const like = isKind(kind) ? KIND_WORDS[kind].like[language] : kind;
  const what = nounOf(field, name, count)[language];
  const says =
    language === 'zh'
      ? `${number(count)} ${what}${seemsZh(like)}`
      : `${number(count)} ${what} ${count === 1 ? 'looks' : 'look'} like ${like}`;
  return { kind, count, says, todo: explainKind(kind, language).todo };
}

const NOUNS: Readonly<Partial<Record<Field['type'], Words>>> = {
  date: { en: 'date', zh: '个日期' },
  integer: { en: 'number', zh: '个数' },
  number: { en: 'number', zh: '个数' },
  datetime: { en: 'value', zh: '个时间值' },
  time: { en: 'time', zh: '个时刻' },
  year: { en: 'year', zh: '个年份' },
};

function nounOf(field: Field | undefined, name: string, count: number): Words {
  const noun =
    name === '' ? { en: 'record', zh: '条记录' } : ((field && NOUNS[field.type]) ?? { en: 'value', zh: '个值' });
  return { en: count === 1 ? noun.en : `${noun.en}s`, zh: noun.zh };
}
