import { describe, expect, test } from '@jest/globals';
import { AgreementState, type Agreement } from '../../schemas/contracts/agreements.ts';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { compare } from '../../functions/catalog/domain/compare.ts';
import { stakesOf } from '../../functions/catalog/domain/stakes.ts';
import { aDefinition, anAgreement, anId, aResourceVersion, department, terms } from '../support/builders.ts';

const schemaOf = (...fields: object[]) => aDefinition({ schema: { fields: fields as never } });
const first = schemaOf({ name: 'a', type: 'string' }, { name: 'b', type: 'integer' }, { name: 'c', type: 'date' });
const withoutC = schemaOf({ name: 'a', type: 'string' }, { name: 'b', type: 'integer' });
const onlyA = schemaOf({ name: 'a', type: 'string' });

const agreementOn = (number: number, fields: string[], changes: Partial<Agreement> = {}): Agreement => ({
  ...anAgreement({ agreementId: anId(number), state: 'active', terms: { fields } }),
  ...changes,
});

interface History {
  /** The definitions so far, version 1 first; the last one is in force. */
  readonly versions: readonly ResourceDefinition[];
  readonly agreements: readonly Agreement[];
}

const comparedWith = (definition: ResourceDefinition, { versions, agreements }: History) =>
  compare(aResourceVersion({ version: versions.length, definition: versions.at(-1)! }), definition, {
    stakes: agreements.flatMap(stakesOf),
    definitions: new Map(versions.map((version, index) => [index + 1, version])),
  });

test('exactly the agreements that a change breaks are named, each with the fields that it loses', () => {
  const { agreements } = comparedWith(onlyA, {
    versions: [first],
    agreements: [
      agreementOn(1, ['a']),
      agreementOn(2, ['a', 'b'], { consumer: department('health') }),
      agreementOn(3, ['c', 'b', 'a'], { state: 'suspended' }),
    ],
  });
  expect(agreements).toEqual([
    {
      agreementId: anId(2),
      consumer: 'health',
      termsVersion: 1,
      resourceVersion: 1,
      inForce: true,
      verdict: 'breaking',
      fields: ['b'],
      kinds: ['field-removed'],
    },
    expect.objectContaining({ agreementId: anId(3), inForce: true, fields: ['b', 'c'] }),
  ]);
});

describe('an agreement counts', () => {
  const counted: Record<AgreementState, boolean[]> = {
    proposed: [false],
    agreed: [false],
    signed: [false],
    active: [true],
    suspended: [true],
    terminated: [],
    expired: [],
  };
  test.each(AgreementState.options)('in state %s as it should', (state) => {
    expect(stakesOf(anAgreement({ state })).map(({ inForce }) => inForce)).toEqual(counted[state]);
  });
  test('twice while it is amended: by the terms in force and by those on the table, each with its own version', () => {
    const active = agreementOn(1, ['a', 'c']);
    const [current] = active.terms;
    const amended: Agreement = {
      ...active,
      terms: [current!, { ...current!, version: 2, resourceVersion: 2, terms: terms({ fields: ['a', 'b'] }) }],
      amendment: {
        state: 'signed',
        termsVersion: 2,
        termsDigest: current!.digest,
        resourceVersion: 2,
        signatures: [],
        approvals: [],
        consents: [],
      },
    };
    const { agreements } = comparedWith(onlyA, { versions: [first, first], agreements: [amended] });
    expect(
      agreements.map(({ termsVersion, resourceVersion, inForce, fields }) => [
        termsVersion,
        resourceVersion,
        inForce,
        fields,
      ]),
    ).toEqual([
      [1, 1, true, ['c']],
      [2, 2, false, ['b']],
    ]);
  });
});

describe('an agreement on an earlier version', () => {
  const old = agreementOn(1, ['a', 'b', 'c'], { resourceVersion: 1 });
  test('is judged by what has changed since then', () => {
    const retyped = schemaOf({ name: 'a', type: 'string' }, { name: 'b', type: 'string' }, { name: 'c', type: 'date' });
    // Version 2 had other words only, so that nothing is broken yet.
    const { agreements } = comparedWith(retyped, {
      versions: [first, { ...first, title: '新' }],
      agreements: [old],
    });
    expect(agreements).toMatchObject([
      { resourceVersion: 1, verdict: 'breaking', fields: ['b'], kinds: ['type-widened'] },
    ]);
  });
  test('that the version in force already breaks is not broken again by one that changes nothing about it', () => {
    const { verdict, agreements } = comparedWith(
      { ...withoutC, title: '新' },
      { versions: [first, withoutC], agreements: [old] },
    );
    expect({ verdict, agreements }).toEqual({ verdict: 'compatible', agreements: [] });
  });
  test('that the version in force already breaks is named with what it loses now', () => {
    const { agreements } = comparedWith(onlyA, { versions: [first, withoutC], agreements: [old] });
    expect(agreements).toMatchObject([{ fields: ['b'], kinds: ['field-removed'] }]);
  });
  test('that the version in force breaks is named no more by one that gives back what it lost', () => {
    const { verdict, agreements } = comparedWith(first, { versions: [first, withoutC], agreements: [old] });
    expect({ verdict, agreements }).toEqual({ verdict: 'compatible', agreements: [] });
  });
  test('whose version is not at hand is a fault', () => {
    expect(() =>
      compare(aResourceVersion({ version: 2 }), onlyA, { stakes: stakesOf(old), definitions: new Map() }),
    ).toThrow('terms speak of version 1');
  });
});

test('an agreement that is only to be told is named as such, and makes no publication a breaking one', () => {
  const slower = { ...first, updateCycle: 'weekly' as const };
  const { verdict, agreements } = comparedWith(slower, { versions: [first], agreements: [agreementOn(1, ['a'])] });
  expect({ verdict, agreements }).toMatchObject({
    verdict: 'notify',
    agreements: [{ verdict: 'notify', fields: [], kinds: ['update-cycle-slowed'] }],
  });
});
