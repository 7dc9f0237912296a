import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { WarningRule } from '../../schemas/contracts/definition.ts';
import {
  ComparisonKind,
  ComparisonTerms,
  DeliveryFormat,
  DeliveryTerms,
  Frequency,
  LookupTerms,
  Mask,
  Reshare,
} from '../../schemas/contracts/terms.ts';
import { UploadFormat } from '../../schemas/contracts/uploads.ts';

const lines = readFileSync('schemas/PROTOCOL.md', 'utf8').split('\n');
const lineOf = (beginning: string): string => lines.find((line) => line.startsWith(beginning)) ?? '';
const tableOf = (head: string): string => lines.slice(lines.indexOf(head)).join('\n').split('\n\n')[0] ?? '';
const terms = tableOf('| term | meaning |');
const others = (shape: object): string[] =>
  Object.keys(shape).filter((term) => term !== 'mode' && !(term in DeliveryTerms.shape));

test.each<[string, string, readonly string[]]>([
  ['term', terms, Object.keys(DeliveryTerms.shape).filter((term) => term !== 'mode')],
  ['term of lookups', tableOf('| a lookup says | meaning |'), others(LookupTerms.shape)],
  ['term of comparisons', tableOf('| a comparison says | meaning |'), others(ComparisonTerms.shape)],
  ['kind of comparisons', lineOf('| `kinds` |'), ComparisonKind.options],
  ['answer to passing on', lineOf('| `reshare` |'), Reshare.options],
  ['mask', lineOf('| `mask` |'), Mask.options],
  ['format of deliveries', lineOf('| `format` |'), DeliveryFormat.options],
  ['frequency', lineOf('| `frequency`'), Frequency.options],
  ['format of uploads', lineOf('`format` says what comes'), UploadFormat.options],
  ['rule of a field', lineOf('Rules of a record:'), ['type', ...WarningRule.options]],
])('the protocol names every %s', (_, text, all) => {
  expect(all.filter((each) => !text.includes(`\`${each}\``))).toEqual([]);
});
