import type { Change, ChangeKind } from '../../../schemas/contracts/compatibility.ts';
import type { Field, FieldType } from '../../../schemas/contracts/definition.ts';
import { same, sides } from './facts.ts';
import type { About } from './pairs.ts';

/** Properties that say how a type's values are written, with what an absent one means (Table Schema v2, Field types). */
const defaults = {
  decimalChar: '.',
  groupChar: undefined,
  bareNumber: true,
  trueValues: ['true', 'True', 'TRUE', '1'],
  falseValues: ['false', 'False', 'FALSE', '0'],
} as const satisfies Partial<Record<keyof Field, unknown>>;

type Option = keyof typeof defaults;

/** To all other types these properties mean nothing. */
const optionsOf: Readonly<Partial<Record<FieldType, readonly Option[]>>> = {
  boolean: ['trueValues', 'falseValues'],
  number: ['decimalChar', 'groupChar', 'bareNumber'],
  integer: ['groupChar', 'bareNumber'],
};

/** Another type, or another way of writing its values; what the record engine's `compatible` compares, and no more. */
export function formChanges(earlier: Field, later: Field, { fields, path }: About): readonly Change[] {
  const rewritten = (name: string, old: unknown, now: unknown): Change[] =>
    same(old, now) ? [] : [{ kind: 'format-changed', path: `${path}/${name}`, fields, ...sides(old, now) }];
  const options = (optionsOf[earlier.type] ?? []).filter((option) => optionsOf[later.type]?.includes(option));
  return [
    ...(earlier.type === later.type
      ? rewritten('format', formatOf(earlier), formatOf(later))
      : [{ kind: typeChange(earlier, later), path: `${path}/type`, fields, old: earlier.type, new: later.type }]),
    ...options.flatMap((option) => rewritten(option, written(earlier, option), written(later, option))),
  ];
}

/** `fmt:` is what an early Table Schema wrote before a pattern. */
const formatOf = ({ format = 'default' }: Field): string => format.replace(/^fmt:/, '');

function written(field: Field, option: Option): unknown {
  return option === 'trueValues' || option === 'falseValues'
    ? (field[option] ?? defaults[option]).toSorted()
    : (field[option] ?? defaults[option]);
}

function typeChange(earlier: Field, later: Field): ChangeKind {
  if (widens(earlier, later)) return 'type-widened';
  return widens(later, earlier) ? 'type-narrowed' : 'type-changed';
}

/**
 * Whether `later` reads every text that `earlier` read. A datetime does not read a date, nor an integer a year with a time
 * zone: their forms differ (Table Schema v2, Field types).
 */
const widens = (earlier: Field, later: Field): boolean =>
  later.type === 'any' ||
  (later.type === 'string' && formatOf(later) === 'default') ||
  (earlier.type === 'integer' && later.type === 'number');
