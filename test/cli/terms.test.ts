import { Command } from 'commander';
import { describe, expect, test } from '@jest/globals';
import { termsScreen } from '../../clients/cli/agreements/terms/terms-screen.ts';
import { withTermsOptions } from '../../clients/cli/agreements/terms/terms-options.ts';
import { keptIn } from '../../clients/cli/agreements/terms/mode-options.ts';
import { missingIn, termsOf } from '../../clients/cli/agreements/terms/terms.ts';
import { Terms } from '../../schemas/contracts/terms.ts';
import { agreementOn, others } from '../agreements/plain-cases.ts';
import { anAgreement, comparisonTerms, lookupTerms, terms } from '../support/builders.ts';

const look = { lang: 'en', tty: false, color: false, columns: 80 } as const;

test.each(Terms.options)('each term has an option: $shape.mode.def.values', ({ shape }) => {
  const command = withTermsOptions(new Command());
  const given = Object.fromEntries(
    command.options.map((option) => [option.attributeName(), option.variadic || option.parseArg ? ['a=b'] : 'a']),
  );
  expect(Object.keys(termsOf(given))).toEqual(expect.arrayContaining(Object.keys(shape)));
});

test.each(Object.entries(others))('terms are shown with their %s', (_, changes) => {
  const shown = (of: ReturnType<typeof agreementOn>) => termsScreen(of, look).replace(/digest .*/, '');
  expect(shown(agreementOn(changes))).not.toBe(shown(agreementOn()));
});

test('options that state duties stand beside the other duties of a file', () => {
  const file = { duties: { use: 'audits only', disposal: { retainDays: 365 } } };
  expect(termsOf({ retain: 90, provision: 'by the tenth' }, file)).toEqual({
    duties: { use: 'audits only', provision: 'by the tenth', disposal: { retainDays: 90 } },
  });
  expect(termsOf({ use: 'statistics' })).toEqual({ duties: { use: 'statistics' } });
});

describe('options that state how sensitive data are treated', () => {
  test('say how the data are kept safe, beside the other duties of a file', () => {
    const file = { duties: { use: 'audits only', security: 'none' } };
    expect(termsOf({ security: 'in-house network' }, file)).toEqual({
      duties: { use: 'audits only', security: 'in-house network' },
    });
    expect(termsOf({ security: 'in-house network' })).toEqual({ duties: { security: 'in-house network' } });
  });
  test('say why a field is needed unmasked', () => {
    expect(termsOf({ justify: ['id_no=identity = key of the register', 'name=letters'] })).toEqual({
      justification: { id_no: 'identity = key of the register', name: 'letters' },
    });
  });
  test.each(['id_no', '=because', 'id_no='])('%s is no reason for a field', (reason) => {
    expect(() => termsOf({ justify: [reason] })).toThrow(/is no reason for a field/);
  });
  test('leave a file as it is where they are not given', () => {
    const file = { duties: { use: 'x' }, justification: { a: 'b' } };
    expect(termsOf({}, file)).toEqual(file);
  });
});

describe('terms of other modes', () => {
  const stated = (...args: string[]): object => {
    const command = withTermsOptions(new Command()).parse(args, { from: 'user' });
    return termsOf(command.opts());
  };
  test('are what options say of lookups', () => {
    const said =
      '--mode lookup --key id,part --keys 5 --per-day 100 --per-user-per-day 10 --reason 执行 --reason 继承 --watch-keys 7';
    expect(stated(...said.split(' '))).toEqual({
      mode: 'lookup',
      key: ['id', 'part'],
      keys: 5,
      perDay: 100,
      perUserPerDay: 10,
      reasons: ['执行', '继承'],
      watchKeys: 7,
    });
  });
  test('are what options say of comparisons', () => {
    const said =
      '--mode comparison --kinds verify,link --key id --compare name,born --threshold 0.9 --min-result 3 --max-list 10 --runs-per-day 2 --approval provider';
    expect(stated(...said.split(' '))).toEqual({
      mode: 'comparison',
      kinds: ['verify', 'link'],
      key: ['id'],
      compare: ['name', 'born'],
      threshold: 0.9,
      minResult: 3,
      maxList: 10,
      runsPerDay: 2,
      approval: 'provider',
    });
  });
  test.each([
    ['--threshold', '1.5'],
    ['--threshold', 'x'],
    ['--threshold', '.'],
    ['--mode', 'stream'],
    ['--approval', 'authority'],
    ['--keys', '21'],
    ['--watch-keys', '0'],
  ])('are refused with %s %s', (...args) => {
    const command = withTermsOptions(new Command())
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    expect(() => command.parse(args, { from: 'user' })).toThrow();
  });
  test.each([
    [{}, ['--fields', '--purpose', '--basis', '--from', '--until']],
    [lookupTerms(), []],
    [comparisonTerms(), []],
    [{ ...terms(), mode: 'lookup' }, ['--key', '--per-day', '--per-user-per-day', '--reason']],
    [{ ...terms(), mode: 'comparison' }, ['--kinds', '--key', '--max-list', '--runs-per-day']],
    [{ mode: 'stream' }, ['--purpose', '--basis', '--from', '--until']],
  ] as const)('lack what nothing says: %j', (given, missing) => {
    expect(missingIn(given)).toEqual(missing);
  });
  test('keep of another mode what both say', () => {
    const delivered = terms({ reshare: 'derived', format: 'xlsx' });
    const kept = keptIn('lookup', delivered);
    expect(kept).toMatchObject({ fields: delivered.fields, purpose: delivered.purpose, reshare: 'derived' });
    expect(Object.keys(kept)).not.toEqual(expect.arrayContaining(['format']));
    expect(keptIn('delivery', delivered)).toBe(delivered);
    expect(keptIn(undefined, delivered)).toBe(delivered);
  });
  test.each([
    ['lookups', lookupTerms({ keys: 3 }), lookupTerms({ keys: 4 })],
    ['lookups', lookupTerms({ reasons: ['a'] }), lookupTerms({ reasons: ['b'] })],
    ['lookups', lookupTerms({ watchKeys: 1 }), lookupTerms()],
    ['comparisons', comparisonTerms({ watchKeys: 1 }), comparisonTerms({ watchKeys: 2 })],
    ['comparisons', comparisonTerms({ minResult: 3 }), comparisonTerms({ minResult: 4 })],
    ['comparisons', comparisonTerms({ approval: 'provider' }), comparisonTerms()],
    [
      'comparisons',
      comparisonTerms({ kinds: ['link'], threshold: 0.5 }),
      comparisonTerms({ kinds: ['link'], threshold: 0.6 }),
    ],
  ])('are shown, of %s', (_, one, other) => {
    const shown = (agreed: typeof one) => termsScreen(anAgreement({ terms: agreed }), look).replace(/digest .*/, '');
    expect(shown(one)).not.toBe(shown(other));
  });
});
