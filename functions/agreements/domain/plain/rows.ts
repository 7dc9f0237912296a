import type { FieldType } from '../../../../schemas/contracts/definition.ts';
import type { Condition } from '../../../../schemas/contracts/terms.ts';
import type { Words } from '../../../../schemas/words/language.ts';
import { clause, fieldOf, labelOf, quoted, type Clause, type Reading } from './clause.ts';
import { phrases } from './phrases.ts';

/** Which records are given, or asked about. */
export function rowClauses({ version: { terms }, definition }: Reading): Clause[] {
  const { allRecords, recordsWhose, allConditions } = phrases[terms.mode];
  if (terms.filter.length === 0) return [clause('/terms/filter', allRecords)];
  return [
    ...terms.filter.map((condition, i): Clause => {
      const label = labelOf(condition.field, definition);
      const type = fieldOf(condition.field, definition.schema.fields)?.type ?? 'any';
      const holds = comparison(condition, type);
      return clause(`/terms/filter/${i}`, recordsWhose(label, holds));
    }),
    clause('/terms/filter', allConditions),
  ];
}

function comparison(condition: Condition, type: FieldType): Words {
  switch (condition.op) {
    case 'eq':
      return { zh: `为 ${shown(condition.value).zh} `, en: `is ${shown(condition.value).en}` };
    case 'in': {
      const values = condition.value.map(shown);
      return {
        zh: `为以下之一（${values.map(({ zh }) => zh).join('、')}）`,
        en: `is one of ${values.map(({ en }) => en).join(', ')}`,
      };
    }
    case 'prefix':
      return { zh: `以${quoted(condition.value)}开头`, en: `begins with ${quoted(condition.value)}` };
    default:
      return bound(condition.op, shown(condition.value), type);
  }
}

/** A bound in the words of what it bounds: points in time, numbers, texts. */
function bound(op: 'min' | 'max', value: Words, type: FieldType): Words {
  const least = op === 'min';
  switch (type) {
    case 'date':
    case 'datetime':
    case 'time':
    case 'year':
    case 'yearmonth':
      return {
        zh: `${least ? '不早于' : '不晚于'} ${value.zh}（含）`,
        en: `is ${least ? 'not before' : 'not after'} ${value.en}`,
      };
    case 'integer':
    case 'number':
      return {
        zh: `${least ? '不小于' : '不大于'} ${value.zh} `,
        en: `is ${least ? 'at least' : 'at most'} ${value.en}`,
      };
    default:
      return {
        zh: `按字符顺序${least ? '不在' : '不超过'}${value.zh}${least ? '之前' : ''}`,
        en: `is ${least ? 'not before' : 'not after'} ${value.en} in the order of characters`,
      };
  }
}

/** Texts in quotation marks, numbers as they are. */
const shown = (value: string | number | boolean): Words => {
  if (typeof value === 'string') return { zh: quoted(value), en: quoted(value) };
  if (typeof value === 'number') return { zh: String(value), en: String(value) };
  return value ? { zh: '“是”（true）', en: 'true' } : { zh: '“否”（false）', en: 'false' };
};
