import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { findChanges } from '../../functions/reading/changes/find-changes.ts';
import { touchesOn } from '../../functions/reading/changes/touches.ts';
import { fits } from '../../functions/delivery/domain/plan.ts';
import { compatible, definitionProblems, extractSpec, termsProblems } from '../../functions/records/index.ts';
import { anAgreement, terms } from '../support/builders.ts';
import { meaning } from './compatibility-stakes.ts';

const RUNS = 500;

/** Few names and few options, so that two definitions are often alike but for a little. */
const names = ['a', 'b', 'c', 'd'];
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const form = fc.oneof(
  fc.record({ type: fc.constant('string'), format: maybe(fc.constantFrom('default', 'email')) }),
  fc.record({ type: fc.constant('date'), format: maybe(fc.constantFrom('default', '%d.%m.%Y', 'fmt:%d.%m.%Y')) }),
  fc.record({ type: fc.constant('integer'), groupChar: maybe(fc.constant(',')), bareNumber: maybe(fc.boolean()) }),
  fc.record({
    type: fc.constant('number'),
    decimalChar: maybe(fc.constantFrom('.', ',')),
    groupChar: maybe(fc.constant(' ')),
  }),
  fc.record({ type: fc.constant('boolean'), trueValues: maybe(fc.constantFrom(['Y', '是'], ['是', 'Y'], ['true'])) }),
  fc.record({ type: fc.constant('any') }),
);
const about = fc.record({
  title: maybe(fc.constantFrom('T', 'U')),
  sensitivity: fc.constantFrom('public', 'sensitive'),
  missingValues: maybe(fc.constantFrom([''], ['-'], ['', '-'], ['-', ''])),
  constraints: maybe(fc.record({ required: fc.boolean() })),
});
const field = fc.tuple(form, about).map(([written, rest]) => ({ ...written, ...rest }));
const schema = fc.record({
  fields: fc.dictionary(fc.constantFrom(...names), field, { minKeys: 1 }),
  missingValues: maybe(fc.constantFrom([''], ['', '-'], ['NA'])),
  key: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
});
type Schema = typeof schema extends fc.Arbitrary<infer S> ? S : never;

function definitionOf({ fields, key, missingValues }: Schema): ResourceDefinition {
  const primaryKey = key.filter((name) => Object.hasOwn(fields, name));
  const stated = {
    title: 'Any',
    provider: 'quality',
    shareType: 'unconditional',
    schema: {
      fields: Object.entries(fields).map(([name, rest]) => ({ name, ...rest })),
      missingValues,
      ...(primaryKey.length > 0 && { primaryKey }),
    },
  };
  // JSON has no undefined.
  return ResourceDefinition.parse(JSON.parse(JSON.stringify(stated)));
}

const usable = (definition: ResourceDefinition) => definitionProblems(definition).length === 0;

/** Two versions: the later one is the earlier one but for some of its parts, or another altogether. */
const versions = fc
  .tuple(schema, schema, fc.subarray([...names, 'missing', 'key']))
  .map(([earlier, other, replaced]) => {
    const taken = new Set<string>(replaced);
    const from = (name: string) => (taken.has(name) ? other : earlier);
    const fields = names.flatMap((name) => {
      const its = from(name).fields[name];
      return its ? [[name, its] as const] : [];
    });
    const later = {
      fields: Object.fromEntries(fields),
      missingValues: from('missing').missingValues,
      key: from('key').key,
    };
    return [earlier, fields.length > 0 ? later : other] as const;
  })
  .map(([earlier, later]) => [definitionOf(earlier), definitionOf(later)] as const)
  .filter((both) => both.every(usable));
const definition = schema.map(definitionOf).filter(usable);
const agreed = fc
  .record({
    fields: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
    filtered: maybe(fc.constantFrom(...names)),
    masked: maybe(fc.constantFrom(...names)),
    content: fc.constantFrom('snapshot' as const, 'changes' as const),
  })
  .map(({ fields, filtered, masked, content }) =>
    terms({
      fields,
      filter: filtered === undefined ? [] : [{ field: filtered, op: 'eq', value: 'x' }],
      mask: masked !== undefined && fields.includes(masked) ? { [masked]: 'hide' } : {},
      content,
    }),
  );
/** Terms that could have been agreed on the definition; which values a filter asks for does not matter here. */
const agreedAndChanged = fc
  .tuple(versions, agreed)
  .filter(([[pinned], its]) => termsProblems(its, pinned).every(({ rule }) => rule === 'filter-value'));

test('terms are judged to lose their meaning just where no delivery would go out under them', () => {
  let broken = 0;
  fc.assert(
    fc.property(agreedAndChanged, ([[pinned, actual], its]) => {
      const touches = touchesOn(its, findChanges(pinned, actual)).filter(({ kind }) => meaning.has(kind));
      const fit = fits(anAgreement({ terms: its }), { pinned: pinned.schema, actual: actual.schema });
      broken += fit ? 0 : 1;
      expect(touches.length > 0).toBe(!fit);
    }),
    { numRuns: RUNS },
  );
  // Neither answer is rare among the pairs that were tried.
  expect(broken).toBeGreaterThan(RUNS / 5);
  expect(broken).toBeLessThan((RUNS * 4) / 5);
});

test('the fields that are named are just those which the new version gives otherwise', () => {
  fc.assert(
    fc.property(agreedAndChanged, ([[pinned, actual], its]) => {
      const snapshot = { ...its, content: 'snapshot' as const };
      const named = new Set(
        touchesOn(snapshot, findChanges(pinned, actual))
          .filter(({ kind }) => meaning.has(kind))
          .flatMap(({ fields }) => fields),
      );
      const used = [...new Set([...its.fields, ...its.filter.map((condition) => condition.field)])];
      const altered = used.filter(
        (name) => !compatible(extractSpec(terms({ fields: [name] })), pinned.schema, actual.schema),
      );
      expect([...named].toSorted()).toEqual(altered.toSorted());
    }),
    { numRuns: RUNS },
  );
});

test('a definition differs in nothing from itself, in whatever order its fields stand', () => {
  fc.assert(
    fc.property(definition, (made) => {
      const turned = { ...made, schema: { ...made.schema, fields: made.schema.fields.toReversed() } };
      expect(findChanges(made, turned)).toEqual([]);
    }),
  );
});

test('where nothing is found one way, nothing is found the other way', () => {
  fc.assert(
    fc.property(versions, ([earlier, later]) => {
      const found = findChanges(earlier, later);
      const back = findChanges(later, earlier);
      expect(found.length === 0).toBe(back.length === 0);
    }),
  );
});
