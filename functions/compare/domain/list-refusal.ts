import type { ListOutcome } from '../../records/index.ts';
import type { ListRefusal } from './comparison.ts';

type Why = Extract<ListOutcome, { verdict: 'refused' }>['refusal'];

/** Why a list cannot be compared, in words that name fields and columns and no value. */
export function listRefusal(why: Why, most: number): ListRefusal {
  if ('code' in why) return { code: codeOf(why.code), detail: why.detail };
  switch (why.fault) {
    case 'unknown-field':
      return {
        code: 'header',
        detail: `the agreement compares no field ${quoted(why.field)}; name its key and compared fields alone`,
        field: why.field,
      };
    case 'no-column':
      return {
        code: 'header',
        detail: `the list has no column ${quoted(why.column)} for the field ${quoted(why.field)}; say in "columns" what the list calls it`,
        field: why.field,
        column: why.column,
      };
    case 'repeated':
      return {
        code: 'header',
        detail: `two columns of the list are called ${quoted(why.column)}; give each a name of its own`,
        column: why.column,
      };
    case 'too-long':
      return { code: 'list-too-long', detail: `the list has more than the ${most} records that the agreement allows` };
    default:
      return why satisfies never;
  }
}

const quoted = (name: string): string => JSON.stringify(name);

const CODES = ['header', 'empty', 'encoding', 'unknown-format', 'unreadable', 'too-large', 'no-such-sheet'] as const;

/** A list is refused for what its bytes are; the other codes are of uploads. */
function codeOf(code: string): (typeof CODES)[number] {
  const known = CODES.find((each) => each === code);
  if (known === undefined) throw new Error(`a list was refused as ${code}`);
  return known;
}
