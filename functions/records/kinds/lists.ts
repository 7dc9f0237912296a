import type { Column } from '../types/column.ts';
import { categoryValues } from '../types/rules.ts';
import type { Kind } from './codes.ts';

interface Listed {
  readonly values: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
}

const lists = new WeakMap<Column, Listed>();

function listedOf(column: Column): Listed {
  const known = lists.get(column);
  if (known) return known;
  const { constraints, categories = [] } = column.field;
  const values = constraints?.enum ?? categoryValues(categories);
  const labels = categories.flatMap((category) =>
    typeof category === 'object' && category.label !== undefined ? [category.label] : [],
  );
  const listed = { values: new Set(values.map(String)), labels: new Set(labels) };
  lists.set(column, listed);
  return listed;
}

const YES_NO = /^(?:true|false|yes|no|y|n|t|f|是|否|有|无|对|错|真|假|√|✓|×|on|off|0|1)$/i;
export const isYesNo = (text: string): boolean => YES_NO.test(text);

/** A bound on the work of one cell. */
const MAX_WITH_LABEL = 60;
/** A code and its words, in either order: `1-企业`, `1 企业`, `企业(1)`. */
const WITH_LABEL = /^([\w.]+)(?:[ \-–—:：、.|/]+|(?=[^\w]))(\S.*)$|^(.+?)[ (（[]+([\w.]+)[)）\]]?$/;

/** How a value is written that its list does not have. */
export function listKind(text: string, column: Column): Kind | undefined {
  const { values, labels } = listedOf(column);
  if (labels.has(text)) return 'label-for-code';
  if (text.length > MAX_WITH_LABEL) return undefined;
  const match = WITH_LABEL.exec(text);
  const code = match?.[1] ?? match?.[4];
  if (code !== undefined && values.has(code)) return 'code-with-label';
  return isYesNo(text) && text !== '无' && !/^\d$/.test(text) ? 'yes-no-word' : undefined;
}
