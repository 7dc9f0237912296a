import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { WarningRule } from '../../schemas/contracts/definition.ts';
import { DeliveryFormat, DeliveryTerms, Frequency, Mask } from '../../schemas/contracts/terms.ts';
import { UploadFormat } from '../../schemas/contracts/uploads.ts';

const lines = readFileSync('schemas/PROTOCOL.md', 'utf8').split('\n');
const lineOf = (beginning: string): string => lines.find((line) => line.startsWith(beginning)) ?? '';
const terms = lines.slice(lines.indexOf('| term | meaning |')).join('\n').split('\n\n')[0] ?? '';

test.each<[string, string, readonly string[]]>([
  ['term', terms, Object.keys(DeliveryTerms.shape).filter((term) => term !== 'mode')],
  ['mask', lineOf('| `mask` |'), Mask.options],
  ['format of deliveries', lineOf('| `format` |'), DeliveryFormat.options],
  ['frequency', lineOf('| `frequency`'), Frequency.options],
  ['format of uploads', lineOf('`format` says what comes'), UploadFormat.options],
  ['rule of a field', lineOf('Rules of a record:'), ['type', ...WarningRule.options]],
])('the protocol names every %s', (_, text, all) => {
  expect(all.filter((each) => !text.includes(`\`${each}\``))).toEqual([]);
});
