import { expect, test } from '@jest/globals';
import { missingParts } from '../../functions/intake/domain/parts.ts';
import { digest } from './an-upload.ts';

const declared = ['one', 'two', 'three'].map((text) => ({ bytes: text.length, sha256: digest(text) }));
const sent = declared.map((part, index) => ({ number: index + 1, etag: 'e', ...part }));
const other = (index: number): string => {
  const { sha256 } = declared[1]!;
  return `${sha256.slice(0, index)}${sha256[index] === 'A' ? 'Q' : 'A'}${sha256.slice(index + 1)}`;
};

test.each([
  ['all that was declared', sent, []],
  ['one part less', sent.toSpliced(1, 1), [2]],
  ['one of another length', sent.with(1, { ...sent[1]!, bytes: 4 }), [2]],
  ['one of another digest', sent.with(1, { ...sent[1]!, sha256: digest('owt') }), [2]],
  ['one whose digest begins alike', sent.with(1, { ...sent[1]!, sha256: other(42) }), [2]],
  ['one whose digest ends alike', sent.with(1, { ...sent[1]!, sha256: other(0) }), [2]],
  ['nothing', [], [1, 2, 3]],
])('of the declared parts are missing, where was sent: %s', (_case, parts, missing) => {
  expect(missingParts(declared, parts)).toEqual(missing);
});
