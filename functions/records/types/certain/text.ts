import type { Constraints, Field } from '../../../../schemas/contracts/definition.ts';
import { CODE_CHECKS } from '../checks/index.ts';
import { matches } from '../byte-table.ts';
import { formatTable } from '../format-table.ts';
import { formatOf } from '../temporal.ts';
import type { Certain } from './contract.ts';
import type { LearnedPattern } from './pattern.ts';

/** Format, lengths, pattern and check of a string; undefined if one of them cannot be told of bytes. */
export function certainText(
  { format, check, constraints = {} }: Field,
  learned: LearnedPattern | undefined,
): Certain | undefined {
  const tests: (Certain | undefined)[] = [];
  if (formatOf(format) !== 'default') tests.push(certainFormat(formatOf(format)));
  if (constraints.pattern !== undefined) tests.push(learned && certainPattern(learned));
  if (check !== undefined) {
    const code = CODE_CHECKS[check];
    tests.push((bytes, start, end) => code(bytes, start, end));
  }
  const known = tests.filter((test) => test !== undefined);
  if (known.length < tests.length) return undefined;
  return both(known[0], both(known[1], both(known[2], certainLength(constraints))));
}

function both(one: Certain | undefined, other: Certain | undefined): Certain | undefined {
  if (!one || !other) return one ?? other;
  return (bytes, start, end, doubled) => one(bytes, start, end, doubled) && other(bytes, start, end, doubled);
}

const certainPattern =
  (learned: LearnedPattern): Certain =>
  (bytes, start, end, doubled) =>
    !doubled && learned.matches(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8'));

function certainFormat(format: string): Certain | undefined {
  const known = formatTable(format);
  return known && ((bytes, start, end) => end - start <= known.most && matches(known.table, bytes, start, end));
}

function certainLength({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Constraints): Certain | undefined {
  if (minLength === 0 && maxLength === Number.POSITIVE_INFINITY) return undefined;
  return (bytes, start, end, doubled) => {
    if (doubled) return false;
    let length = 0;
    for (let i = start; i < end; i += 1) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) length += 1;
    return length >= minLength && length <= maxLength;
  };
}
