import type { ColumnsFault } from '../lists/list-columns.ts';

export interface ListFault {
  readonly code: 'header' | 'list-too-long';
  /** What is the matter and what to do, without any value. */
  readonly detail: string;
  /** Of the resource. */
  readonly field?: string | undefined;
  /** Of the list. */
  readonly column?: string | undefined;
}

/**
 * Why a list cannot be compared, in words that name fields and columns.
 * @param most records that it may have
 */
export function listFault(why: ColumnsFault | { readonly fault: 'too-long' }, most: number): ListFault {
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
