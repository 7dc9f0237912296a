import { expect, test } from '@jest/globals';
import { step } from './step.ts';

test('a step gives what it comes to', async () => {
  expect(await step('one', () => 1)).toBe(1);
});

test.each([
  ['an error', new TypeError('wrong'), 'TypeError: wrong'],
  ['an assertion', failedAssertion(), 'Expected: 2'],
  ['anything else', 'wrong', 'wrong'],
])(
  'where a step fails with %s, the message and the stack that is reported begin with its name',
  async (_, fault, says) => {
    const failed = await step('the court fetches', () => {
      throw fault;
    }).catch((error: unknown) => error as Error);
    if (!(failed instanceof Error)) throw new Error('nothing failed');
    expect(failed.message).toMatch(/^the court fetches: /);
    expect(failed.stack).toContain('the court fetches: ');
    expect(failed.stack).toContain(says);
  },
);

function failedAssertion(): unknown {
  try {
    expect(1).toBe(2);
  } catch (fault) {
    return fault;
  }
  return undefined;
}
