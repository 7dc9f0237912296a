import type { Change, ChangeKind } from '../../../schemas/contracts/compatibility.ts';
import type { Constraints, Field } from '../../../schemas/contracts/definition.ts';
import { digestOf } from '../../kernel/digest.ts';
import { ruleOf } from '../../records/index.ts';
import { boundChange, type Direction, type Turn } from './bounds.ts';
import { sides } from './facts.ts';
import type { About } from './pairs.ts';

/** 1: a higher bound is tighter, -1: a lower one. */
const bounds = {
  minLength: 1,
  minimum: 1,
  exclusiveMinimum: 1,
  maxLength: -1,
  maximum: -1,
  exclusiveMaximum: -1,
} as const satisfies Readonly<
  Record<Exclude<keyof Constraints, 'required' | 'unique' | 'pattern' | 'enum'>, Direction>
>;

/** What the rules of a field let pass now and did not before, or the other way round. */
export function constraintChanges(earlier: Field, later: Field, about: About): readonly Change[] {
  const before = earlier.constraints ?? {};
  const now = later.constraints ?? {};
  const turned = (name: keyof Constraints, turns: readonly Turn[]): Change[] =>
    turns.map((turn) => ({
      kind: turn === 'looser' ? 'constraint-loosened' : tightened(later, name),
      path: `${about.path}/constraints/${name}`,
      fields: about.fields,
      ...sides(before[name], now[name]),
    }));
  return [
    ...(['required', 'unique'] as const).flatMap((name) => turned(name, flagTurn(before[name], now[name]))),
    ...turned('pattern', patternTurn(before.pattern, now.pattern)),
    ...(Object.keys(bounds) as (keyof typeof bounds)[]).flatMap((name) =>
      turned(name, boundChange(later, before[name], now[name], bounds[name])),
    ),
    ...listChanges(later, before.enum, now.enum, { fields: about.fields, path: `${about.path}/constraints/enum` }),
    ...listChanges(later, valuesOf(earlier.categories), valuesOf(later.categories), {
      fields: about.fields,
      path: `${about.path}/categories`,
    }),
  ];
}

/** A rule that only warns refuses nothing. */
function tightened(
  later: Field,
  name: Parameters<typeof ruleOf>[0],
  kind: ChangeKind = 'constraint-tightened',
): ChangeKind {
  return later.severity?.[ruleOf(name)] === 'warning' ? 'warning-tightened' : kind;
}

const flagTurn = (before = false, now = false): readonly Turn[] => (before === now ? [] : [now ? 'tighter' : 'looser']);

/** Whether one pattern includes another is not to be told from their text, so that it may be both. */
function patternTurn(before: string | undefined, now: string | undefined): readonly Turn[] {
  if (before === now) return [];
  if (now === undefined) return ['looser'];
  return before === undefined ? ['tighter'] : ['tighter', 'looser'];
}

/** `categories` restrict as an enum does (Table Schema v2). */
export function valuesOf(categories: NonNullable<Field['categories']>): readonly unknown[];
export function valuesOf(categories: Field['categories']): readonly unknown[] | undefined;
export function valuesOf(categories: Field['categories']): readonly unknown[] | undefined {
  return categories?.map((category) => (typeof category === 'object' ? category.value : category));
}

type Listed = readonly unknown[] | undefined;

function listChanges(later: Field, before: Listed, now: Listed, { path, fields }: About): readonly Change[] {
  if (!before && !now) return [];
  if (!now) return [{ kind: 'constraint-loosened', path, fields, old: before }];
  if (!before) return [{ kind: tightened(later, 'enum'), path, fields, new: now }];
  const removed = lacking(before, now);
  const added = lacking(now, before);
  return [
    ...(removed.length > 0
      ? [{ kind: tightened(later, 'enum', 'enum-value-removed'), path, fields, old: removed }]
      : []),
    ...(added.length > 0 ? [{ kind: 'enum-value-added' as const, path, fields, new: added }] : []),
  ];
}

function lacking(values: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const present = new Set(others.map(digestOf));
  return values.filter((value) => !present.has(digestOf(value)));
}
