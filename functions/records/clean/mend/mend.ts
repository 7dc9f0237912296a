import type { Kind } from '../../kinds/codes.ts';
import { kindOf } from '../../kinds/kind-of.ts';
import { judge } from '../../types/column.ts';
import { type AskedKind, isAsked } from '../answers.ts';
import { CODE_MENDERS } from './codes.ts';
import { DATE_MENDERS, isMidnight } from './dates.ts';
import type { Mender, MendSettings } from './mender.ts';
import { NUMBER_MENDERS } from './numbers.ts';
import { isRight, type ReadyColumn } from './ready-column.ts';
import { plainly, TEXT_MENDERS } from './texts.ts';

const MENDERS: Readonly<Partial<Record<Kind, Mender>>> = {
  ...TEXT_MENDERS,
  ...NUMBER_MENDERS,
  ...CODE_MENDERS,
  ...DATE_MENDERS,
};

/** What became of a cell that is wrong. */
export interface Mended {
  /** The rule that it breaks, and the kind of its fault, where that is known. */
  readonly rule: string;
  readonly kind?: Kind | undefined;
  /** A value that is right; undefined where none can be told. */
  readonly to?: string | undefined;
  /** Only its owner knows whether that is what the value means. */
  readonly asks?: AskedKind | undefined;
}

/** Undefined for a cell that is right: it is not touched, whatever it looks like. */
export function mendCell(text: string, ready: ReadyColumn, settings: MendSettings): Mended | undefined {
  if (isRight(ready, text)) return undefined;
  const cell = judge(ready.column, text);
  const rule = cell.kind === 'broken' ? (cell.rules.find((name) => !ready.column.warnings.has(name)) ?? '') : '';
  const plain = plainly(text);
  const asItIs = attempt(text, rule, ready, settings);
  if (plain === text) return asItIs;
  if (isRight(ready, plain)) return { rule, kind: asItIs.kind ?? 'full-width', to: plain };
  const plainer = attempt(plain, rule, ready, settings);
  return plainer.to === undefined ? asItIs : plainer;
}

function attempt(text: string, rule: string, ready: ReadyColumn, settings: MendSettings): Mended {
  const kind = kindOf(rule, text, ready.column);
  const to = kind === undefined ? undefined : MENDERS[kind]?.(text, ready, settings);
  if (to === undefined || to === text || !isRight(ready, to)) return { rule, kind };
  return {
    rule,
    kind,
    to,
    ...(kind !== undefined && isAsked(kind) && !saysNothing(kind, text, ready) && { asks: kind }),
  };
}

/** A clock that is midnight, or the year of 2026年: nothing is lost. */
const saysNothing = (kind: AskedKind, text: string, { column }: ReadyColumn): boolean =>
  (kind === 'date-and-time' && isMidnight(text)) || (kind === 'unit' && column.field.type === 'year');
