import { Command } from 'commander';
import { describe, expect, test } from '@jest/globals';
import { termsScreen } from '../../clients/cli/agreements/terms/terms-screen.ts';
import { withTermsOptions } from '../../clients/cli/agreements/terms/terms-options.ts';
import { termsOf } from '../../clients/cli/agreements/terms/terms.ts';
import { DeliveryTerms } from '../../schemas/contracts/terms.ts';
import { agreementOn, others } from '../agreements/plain-cases.ts';

const look = { lang: 'en', tty: false, color: false, columns: 80 } as const;

test('each term has an option, but the mode, of which there is one', () => {
  const command = withTermsOptions(new Command());
  const given = Object.fromEntries(
    command.options.map((option) => [option.attributeName(), option.variadic || option.parseArg ? ['a=b'] : 'a']),
  );
  const { mode: _, ...all } = DeliveryTerms.shape;
  expect(Object.keys(termsOf(given)).toSorted()).toEqual(Object.keys(all).toSorted());
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
