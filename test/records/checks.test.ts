import { expect, test } from '@jest/globals';
import { gb11643, gb11714, gb32100 } from '../../functions/records/index.ts';

test.each([
  ['002518057', true],
  ['00251805-7', true],
  ['00251809X', true],
  ['00251809-X', true],
  ['002518058', false],
  ['00251809x', false],
  ['0025180-57', false],
  ['00251805--7', false],
  ['00251805', false],
  ['0025180577', false],
  ['', false],
  ['００２５１８０５７', false],
])('organisation code %s: %s', (code, valid) => {
  expect(gb11714(code)).toBe(valid);
});

test('an organisation code has exactly one check character', () => {
  const valid = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ').filter((check) => gb11714(`D2143569${check}`));
  expect(valid).toEqual(['X']);
});

test.each([
  ['91350100M000100Y43', true],
  ['91350100M000100Y44', false],
  ['91350100m000100y43', false],
  ['91350100I000100Y43', false],
  ['91350100M000100Y4', false],
  ['91350100M000100Y433', false],
  ['', false],
])('unified social credit code %s: %s', (code, valid) => {
  expect(gb32100(code)).toBe(valid);
});

test.each([
  ['11010519491231002X', true],
  ['440524188001010014', true],
  ['11010519491231002x', false],
  ['110105194912310021', false],
  ['110105194902310026', false],
  ['11010519491231002', false],
  ['110105491231002', false],
  ['', false],
])('identity number %s: %s', (code, valid) => {
  expect(gb11643(code)).toBe(valid);
});

test('an identity number with a right check character still needs a real date', () => {
  const withDate = (date: string) =>
    Array.from('0123456789X').filter((check) => gb11643(`110105${date}002${check}`)).length;
  expect(['19491231', '20000229', '19000229', '19491301', '19490431', '00000101'].map(withDate)).toEqual([
    1, 1, 0, 0, 0, 0,
  ]);
});
