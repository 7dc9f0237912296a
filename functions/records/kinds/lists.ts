import type { Column } from '../types/column.ts';
import { categoryValues } from '../types/rules.ts';
import type { Kind } from './codes.ts';

interface Listed {
  readonly values: ReadonlySet<string>;
  /** What each label stands for. */
  readonly labels: ReadonlyMap<string, string>;
}

const lists = new WeakMap<Column, Listed>();

function listedOf(column: Column): Listed {
  const known = lists.get(column);
  if (known) return known;
  const { constraints, categories = [] } = column.field;
  const values = constraints?.enum ?? categoryValues(categories);
  const labels = categories.flatMap((category) =>
    typeof category === 'object' && category.label !== undefined
      ? [[category.label, String(category.value)] as const]
      : [],
  );
  const listed = { values: new Set(values.map(String)), labels: new Map(labels) };
  lists.set(column, listed);
  return listed;
}

const YES = /^(?:true|yes|y|t|是|有|对|真|√|✓|on|1)$/i;
const NO = /^(?:false|no|n|f|否|无|错|假|×|off|0)$/i;
export const isYesNo = (text: string): boolean => YES.test(text) || NO.test(text);
/** What a word for it says; undefined where it is none. */
export const yesOrNo = (text: string): boolean | undefined => (isYesNo(text) ? YES.test(text) : undefined);

/** A bound on the work of one cell. */
const MAX_WITH_LABEL = 60;
/** A code and its words, in either order: `1-企业`, `1 企业`, `企业(1)`. */
const WITH_LABEL = /^([\w.]+)(?:[ \-–—:：、.|/]+|(?=[^\w]))(\S.*)$|^(.+?)[ (（[]+([\w.]+)[)）\]]?$/;

function codeIn(text: string): string | undefined {
  const match = WITH_LABEL.exec(text);
  return match?.[1] ?? match?.[4];
}

/** The value of the list that a label, or a code with its label, stands for. */
export const listedValueOf = (text: string, column: Column): string | undefined =>
  listedOf(column).labels.get(text) ?? codeIn(text);

/** How a value is written that its list does not have. */
export function listKind(text: string, column: Column): Kind | undefined {
  const { values, labels } = listedOf(column);
  if (labels.has(text)) return 'label-for-code';
  if (text.length > MAX_WITH_LABEL) return undefined;
  const code = codeIn(text);
  if (code !== undefined && values.has(code)) return 'code-with-label';
  return isYesNo(text) && text !== '无' && !/^\d$/.test(text) ? 'yes-no-word' : undefined;
}
