import type { FieldType } from '../../../schemas/contracts/definition.ts';
import type { Column } from '../types/column.ts';
import type { Kind, Mends } from './codes.ts';
import { ERROR_VALUES } from './error-values.ts';
import { dateKind, datetimeKind, isPlaceholderDate, monthKind, timeKind, yearKind } from './dates.ts';
import { isYesNo, listKind } from './lists.ts';
import { isTotalWord } from './lines.ts';
import { numberKind } from './numbers.ts';
import { stringKind } from './strings.ts';
import { withoutInvisible, withoutOuterBlanks } from './texts.ts';

/** A longer value is a text of its own: it is not looked at, so that the work of one cell stays small. */
const MAX_LENGTH = 200;

/**
 * The kind of fault of a value that breaks a rule of its field, if it is one that many values may have. Most kinds are a
 * change that would mend the value, and are found by trying it.
 */
export function kindOf(rule: string, text: string, column: Column): Kind | undefined {
  if (rule === 'required' || rule === 'unique' || text.length > MAX_LENGTH) return undefined;
  if (rule === 'minimum' || rule === 'maximum') return isPlaceholderDate(text) ? 'placeholder-date' : undefined;
  const mends: Mends = (candidate) => candidate !== text && holds(rule, candidate, column);
  return textKind(text, column, mends) ?? ofField(text, rule, column, mends);
}

function holds(rule: string, text: string, { type, rules }: Column): boolean {
  const value = type.read(text);
  if (value === undefined) return false;
  return rules.find(({ name }) => name === rule)?.holds(text, value) ?? true;
}

const MISSING_WORD =
  /^(?:null|\(null\)|\[null\]|\\n|n\/?a|#n\/a|nan|none|nil|undefined|unknown|-+|—+|–+|－+|\/+|\\+|\.+|。|？|\?+|无|空|缺|缺失|不详|未知|暂无|没有|待定|待补|待补充|未填|未填写|不适用|无数据)$/i;
const isSpreadsheetError = (text: string): boolean => ERROR_VALUES.has(text) || /^#{3,}$/.test(text);

/** Visible ASCII without blanks around it: most values, which the kinds of other scripts and of blanks do not concern. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** Kinds that values of every type have. */
function textKind(text: string, column: Column, mends: Mends): Kind | undefined {
  if (text === column.name || text === column.field.title) return 'header-again';
  // Nothing below begins with a digit, but for what is beyond ASCII.
  const digit = text.charCodeAt(0) - 0x30;
  const isPlain = PLAIN.test(text);
  if (isPlain && digit >= 0 && digit <= 9) return undefined;
  if (isSpreadsheetError(text)) return 'spreadsheet-error';
  if (isTotalWord(text)) return 'total-line';
  if (/\uFFFD|锟斤拷|烫烫/.test(text)) return 'damaged-characters';
  if (MISSING_WORD.test(text) && !(column.field.type === 'boolean' && isYesNo(text))) return 'missing-word';
  const bare = isPlain ? text : withoutOuterBlanks(text);
  if (bare === '') return 'blanks-only';
  if (bare !== text && mends(bare)) return 'outer-blanks';
  const formula = /^="(.*)"$/.exec(text)?.[1];
  if (formula !== undefined) return 'formula-text';
  if (/^['‘’`]/.test(text) && mends(text.slice(1))) return 'apostrophe';
  if (isPlain) return undefined;
  if (withoutInvisible(text) !== text && mends(withoutInvisible(text))) return 'invisible-characters';
  const compatible = text.normalize('NFKC');
  return compatible !== text && mends(compatible) ? 'full-width' : undefined;
}

type OfField = (text: string, rule: string, column: Column, mends: Mends) => Kind | undefined;

const NUMBER: OfField = (text, rule, column, mends) =>
  rule === 'type' ? numberKind(text, column.field, mends) : listKind(text, column);

const BY_TYPE: Readonly<Partial<Record<FieldType, OfField>>> = {
  string: stringKind,
  integer: NUMBER,
  number: NUMBER,
  boolean: (text) => (isYesNo(text) ? 'yes-no-word' : undefined),
  date: (text) => dateKind(text),
  datetime: (text, _, { field }) => datetimeKind(text, field),
  time: (text) => timeKind(text),
  year: (text) => yearKind(text),
  yearmonth: (text) => monthKind(text),
  geopoint: (text, _, __, mends) =>
    /^[^,]+,[^,]+$/.test(text) &&
    mends(
      text
        .split(',')
        .map((part) => part.trim())
        .toReversed()
        .join(','),
    )
      ? 'latitude-first'
      : undefined,
};

const ofField: OfField = (text, rule, column, mends) => BY_TYPE[column.field.type]?.(text, rule, column, mends);
