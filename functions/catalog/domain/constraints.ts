import type { Constraints, Field } from '../../../schemas/contracts/definition.ts';
import { digestOf } from '../../kernel/digest.ts';

export interface Tightened {
  readonly constraint: keyof Constraints;
  readonly rule: 'field-required' | 'enum-value-removed' | 'constraint-tightened';
  readonly message: string;
}

const lowerBounds = ['minLength', 'minimum', 'exclusiveMinimum'] as const;
const upperBounds = ['maxLength', 'maximum', 'exclusiveMaximum'] as const;

/** The constraints of a field that refuse values which they let pass before. */
export function tightened(earlier: Field, later: Field): readonly Tightened[] {
  const before = earlier.constraints ?? {};
  const now = later.constraints ?? {};
  const { name } = later;
  const tighter = (constraint: keyof Constraints, message: string): Tightened => ({
    constraint,
    rule: 'constraint-tightened',
    message: `${name} ${message}`,
  });
  return [
    ...(now.required && !before.required
      ? [{ constraint: 'required', rule: 'field-required', message: `${name} is now required` } as const]
      : []),
    ...(now.unique && !before.unique ? [tighter('unique', 'must now be unique')] : []),
    ...(now.pattern !== undefined && now.pattern !== before.pattern
      ? [tighter('pattern', 'must now match another pattern')]
      : []),
    ...lowerBounds
      .filter((bound) => isTighter(later, before[bound], now[bound], 1))
      .map((bound) => tighter(bound, `has a higher ${bound}`)),
    ...upperBounds
      .filter((bound) => isTighter(later, before[bound], now[bound], -1))
      .map((bound) => tighter(bound, `has a lower ${bound}`)),
    ...enumChange(name, before.enum, now.enum),
  ];
}

function enumChange(name: string, before: Constraints['enum'], now: Constraints['enum']): readonly Tightened[] {
  if (!now) return [];
  if (!before)
    return [{ constraint: 'enum', rule: 'constraint-tightened', message: `${name} now takes listed values only` }];
  const kept = new Set(now.map((value) => digestOf(value)));
  const removed = before.filter((value) => !kept.has(digestOf(value))).length;
  return removed === 0
    ? []
    : [
        {
          constraint: 'enum',
          rule: 'enum-value-removed',
          message: `${name} no longer takes ${removed} of its listed values`,
        },
      ];
}

type Bound = string | number | undefined;

/** `direction` 1: a higher bound is tighter, -1: a lower one. What cannot be compared counts as tighter. */
function isTighter(field: Field, before: Bound, now: Bound, direction: 1 | -1): boolean {
  if (now === undefined || now === before) return false;
  if (before === undefined) return true;
  const order = compared(field, before, now);
  return order === undefined || order * direction > 0;
}

/** Sign of `now` against `before`; undefined where the written forms alone do not tell. */
function compared(
  { type, format = 'default', decimalChar = '.', groupChar }: Field,
  before: string | number,
  now: string | number,
): number | undefined {
  if (typeof before === 'string' || typeof now === 'string') {
    if (format !== 'default' || decimalChar !== '.' || groupChar !== undefined) return undefined;
    // The default forms of these types have a fixed width and begin with what counts most (Table Schema v2, Field types).
    const textual = type === 'date' || type === 'time' || type === 'yearmonth';
    if (textual)
      return isoForm.test(String(before)) && isoForm.test(String(now))
        ? String(now) < String(before)
          ? -1
          : 1
        : undefined;
  }
  const [left, right] = [Number(before), Number(now)];
  const exact =
    Number.isFinite(left) &&
    Number.isFinite(right) &&
    Math.max(Math.abs(left), Math.abs(right)) <= Number.MAX_SAFE_INTEGER;
  return exact ? Math.sign(right - left) : undefined;
}

const isoForm = /^(\d{4}-\d{2}-\d{2}|\d{4}-\d{2}|\d{2}:\d{2}:\d{2})$/;
