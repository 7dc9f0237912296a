import { describe, expect, test } from '@jest/globals';
import { ChangeKind, type Change } from '../../schemas/contracts/compatibility.ts';
import { compare } from '../../functions/catalog/domain/compare.ts';
import { fits } from '../../functions/delivery/domain/plan.ts';
import { definitionProblems, termsProblems } from '../../functions/records/index.ts';
import { aResourceVersion, anAgreement } from '../support/builders.ts';
import { compatibilityCases, type CompatibilityCase } from './compatibility-cases.ts';
import { inForce, meaning } from './compatibility-stakes.ts';

const cases = compatibilityCases().map((each) => [each.file, each] as const);

const compared = ({ old, new: later, terms }: CompatibilityCase) =>
  compare(aResourceVersion({ definition: old }), later, {
    stakes: terms ? [inForce(anAgreement({ state: 'active', terms }))] : [],
    definitions: new Map(),
  });

const placed = (changes: readonly Pick<Change, 'kind' | 'path'>[]) =>
  changes.map(({ kind, path }) => `${kind} ${path}`).toSorted();

describe.each(cases)('%s', (_, stated) => {
  test('has definitions, and terms, that can be used', () => {
    expect([...definitionProblems(stated.old), ...definitionProblems(stated.new)]).toEqual([]);
    expect(stated.terms ? termsProblems(stated.terms, stated.old) : []).toEqual([]);
  });
  test(`finds its changes, and no other: ${stated.description}`, () => {
    const { changes } = compared(stated);
    expect(placed(changes)).toEqual(placed(stated.changes));
    for (const { fields, ...change } of stated.changes)
      if (fields) expect(changes).toContainEqual(expect.objectContaining({ ...change, fields }));
  });
  test(`is judged as it says: ${stated.description}`, () => {
    const { verdict, agreements } = compared(stated);
    const [agreement] = agreements;
    expect({
      verdict: stated.terms ? (agreement?.verdict ?? 'compatible') : verdict,
      fields: (agreement?.fields ?? []).toSorted(),
    }).toEqual({ verdict: stated.verdict, fields: (stated.fields ?? []).toSorted() });
  });
});

test.each(cases.filter(([, { terms }]) => terms))(
  '%s is judged to alter what its terms mean just where no delivery would go out',
  (_, stated) => {
    const [impact] = compared(stated).agreements;
    const kinds = impact?.verdict === 'breaking' ? impact.kinds : [];
    const altered = kinds.some((kind) => meaning.has(kind));
    const agreement = anAgreement({ state: 'active', terms: stated.terms! });
    expect(altered).toBe(!fits(agreement, { pinned: stated.old.schema, actual: stated.new.schema }));
  },
);

test('there are many cases, and at least one of every kind of change', () => {
  expect(cases.length).toBeGreaterThanOrEqual(80);
  const shown = new Set(cases.flatMap(([, { changes }]) => changes.map(({ kind }) => kind)));
  expect(ChangeKind.options.filter((kind) => !shown.has(kind))).toEqual([]);
});
