import { expect, test } from '@jest/globals';
import { derivedId, digestOf } from '../../functions/kernel/digest.ts';

test('a digest depends on the content, not on how it was written', () => {
  expect(digestOf({ b: [1, 'x'], a: { d: 1.0, c: '€' } })).toBe(
    digestOf(JSON.parse('{"a":{"c":"\\u20ac","d":1},"b":[1,"x"]}')),
  );
});

test('a digest is the SHA-256 of the canonical JSON, in base64', () => {
  // printf '{"a":1,"b":"法"}' | openssl dgst -sha256 -binary | base64
  expect(digestOf({ b: '法', a: 1 })).toBe('AVUwm3/P7F6A/QZ1h6xs/BRIXCeYVcL32YuE8GqJeUQ=');
});

test('a derived id is 26 characters of base 32 and the same for the same parts', () => {
  expect(derivedId('delivery', 'A', 1)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(derivedId('delivery', 'A', 1)).toBe(derivedId('delivery', 'A', 1));
});

test('parts do not run into each other', () => {
  const ids = [
    derivedId('a', 'b1'),
    derivedId('ab', '1'),
    derivedId('a', 'b', 1),
    derivedId('a', 'b', '1'),
    derivedId('ab1'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
