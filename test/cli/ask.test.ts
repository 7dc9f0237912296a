import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { choice } from '../../clients/cli/terminal/ask.ts';

const asked = { text: 'Which?', options: ['day-first', 'month-first'] };

test.each([
  ['an option', 'month-first\n', 'month-first'],
  ['its number', '1\n', 'day-first'],
  ['an option behind what is none', 'both\n2\n', 'month-first'],
  ['the end of the input', '', undefined],
])('%s answers a question', async (_, typed, answer) => {
  const input = new PassThrough();
  input.end(typed);
  expect(await choice({ input, output: new PassThrough() }, asked, new AbortController().signal)).toBe(answer);
});
