import type { TermsVersion } from '../../../../schemas/contracts/agreements.ts';
import type { Condition } from '../../../../schemas/contracts/terms.ts';
import type { Difference } from '../../../../schemas/contracts/views.ts';
import { pointer } from './pointer.ts';

type Version = Pick<TermsVersion, 'resourceVersion' | 'terms'>;

/**
 * Every difference between two terms versions, field by field. Lists of fields and the like, and conditions, are compared as sets,
 * and their order, which files keep and the digest binds, is told by itself. None exactly where resource version and terms are equal.
 */
export function differencesOf(before: Version, after: Version): Difference[] {
  const { fields: fieldsBefore, filter: filterBefore, ...othersBefore } = before.terms;
  const { fields: fieldsAfter, filter: filterAfter, ...othersAfter } = after.terms;
  return [
    ...valueDifferences('/resourceVersion', before.resourceVersion, after.resourceVersion),
    ...listDifferences('/terms/fields', fieldsBefore, fieldsAfter),
    ...filterDifferences(filterBefore, filterAfter),
    ...valueDifferences('/terms', othersBefore, othersAfter),
  ];
}

/** Of lists whose entries are texts, each there once. */
function listDifferences(path: string, before: readonly unknown[], after: readonly unknown[]): Difference[] {
  const kept = before.filter((entry) => after.includes(entry));
  const keptNow = after.filter((entry) => before.includes(entry));
  return [
    ...before.flatMap((entry, i): Difference[] =>
      after.includes(entry) ? [] : [{ path: `${path}/${i}`, kind: 'removed', from: entry }],
    ),
    ...after.flatMap((entry, i): Difference[] =>
      before.includes(entry) ? [] : [{ path: `${path}/${i}`, kind: 'added', to: entry }],
    ),
    ...(kept.every((entry, i) => entry === keptNow[i])
      ? []
      : [{ path, kind: 'reordered' as const, from: kept, to: keptNow }]),
  ];
}

/** A condition with what makes it the same as another one, most exact first. */
interface Placed {
  readonly condition: Condition;
  readonly at: number;
  /** As it is; with its alternatives in whatever order, each once; of the same field and comparison. */
  readonly keys: readonly [exact: string, alternatives: string, comparison: string];
}

const placed = (condition: Condition, at: number): Placed => {
  const { field, op, value } = condition;
  const alternatives = [...new Set([value].flat().map((each) => JSON.stringify(each)))].toSorted();
  const keys = [
    [field, op, value],
    [field, op, alternatives],
    [field, op],
  ].map((key) => JSON.stringify(key));
  return { condition, at, keys: keys as [string, string, string] };
};

/** Equal conditions are one; of those left over, two on the same field with the same comparison are one that changed. */
function filterDifferences(before: readonly Condition[], after: readonly Condition[]): Difference[] {
  const { pairs, gone, come } = paired(before.map(placed), after.map(placed));
  return [
    ...gone.map(({ condition, at }): Difference => ({ path: `/terms/filter/${at}`, kind: 'removed', from: condition })),
    ...pairs.toSorted(([, a], [, b]) => a.at - b.at).flatMap(([one, other]) => pairDifference(one, other)),
    ...come.map(({ condition, at }): Difference => ({ path: `/terms/filter/${at}`, kind: 'added', to: condition })),
    ...orderDifference(pairs),
  ];
}

type Pairs = readonly (readonly [Placed, Placed])[];

function paired(before: readonly Placed[], after: readonly Placed[]) {
  const pairs: [Placed, Placed][] = [];
  const gone = new Set(before);
  const come = new Set(after);
  for (const by of [0, 1, 2] as const) {
    for (const one of gone) {
      const other = [...come].find(({ keys }) => keys[by] === one.keys[by]);
      if (!other) continue;
      pairs.push([one, other]);
      gone.delete(one);
      come.delete(other);
    }
  }
  return { pairs, gone: [...gone], come: [...come] };
}

function pairDifference(before: Placed, after: Placed): Difference[] {
  if (before.keys[0] === after.keys[0]) return [];
  const kind = before.keys[1] === after.keys[1] ? 'reordered' : 'changed';
  return [{ path: `/terms/filter/${after.at}/value`, kind, from: before.condition.value, to: after.condition.value }];
}

/** Of conditions that both versions have. */
function orderDifference(pairs: Pairs): Difference[] {
  const asBefore = pairs.toSorted(([a], [b]) => a.at - b.at);
  const asNow = pairs.toSorted(([, a], [, b]) => a.at - b.at);
  if (asBefore.every((pair, i) => pair === asNow[i])) return [];
  const from = asBefore.map(([{ condition }]) => condition);
  return [{ path: '/terms/filter', kind: 'reordered', from, to: asNow.map(([, { condition }]) => condition) }];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of anything else: by members where both are objects, as sets where both are lists, as a whole where not. */
function valueDifferences(path: string, before: unknown, after: unknown): Difference[] {
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
      valueDifferences(`${path}/${pointer(name)}`, ownOf(before, name), ownOf(after, name)),
    );
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(path, before, after);
  if (before === after) return [];
  if (before === undefined) return [{ path, kind: 'added', to: after }];
  if (after === undefined) return [{ path, kind: 'removed', from: before }];
  return [{ path, kind: 'changed', from: before, to: after }];
}

const ownOf = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;
