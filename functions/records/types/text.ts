import { isEmail } from './email.ts';
import type { LogicalType } from './logical-type.ts';
import { isUri } from './uri.ts';

/** RFC 4648, section 4, padded. */
const BASE64_ALPHABET = /[^A-Za-z0-9+/]/;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  default: () => true,
  email: isEmail,
  uri: isUri,
  binary: (text) => text.length % 4 === 0 && !BASE64_ALPHABET.test(text.replace(/={1,2}$/, '')),
  uuid: (text) => UUID.test(text),
};

const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Table Schema v2 `string`. Strings order by code point, which is the order of their UTF-8 bytes. */
export function stringType(format = 'default'): LogicalType<string> | undefined {
  const test = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return test && { read: (text) => (test(text) ? text : undefined), canonical: (text) => text, compare: byCodePoint };
}

/** `any` is taken as it stands; in CSV that is a string without an order. */
export const anyType = (): LogicalType<string> => ({ read: (text) => text, canonical: (text) => text });

/** Length in Unicode characters: a character outside the basic plane is one. */
export function characters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
}
