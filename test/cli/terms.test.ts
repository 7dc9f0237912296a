import { describe, expect, test } from '@jest/globals';
import { termsOf } from '../../clients/cli/agreements/terms/terms.ts';

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
