import { patternTable } from './patterns/ascii-dfa.ts';
import type { ByteTable } from './byte-table.ts';
import { MAX_LOCAL_PART } from './email.ts';
import { MAX_URI } from './uri.ts';

/** A table that only takes texts of a format, and how long these may be. It may say no to any. */
export interface FormatTable {
  readonly table: ByteTable;
  readonly most: number;
}

const ATOM = "[0-9A-Za-z!#$%&'*+/=?^_`{|}~\\-]+";
const LETTER = '[0-9A-Za-z]';
const HEX = '[0-9A-Fa-f]';
const PCHAR = `([0-9A-Za-z._~!$&'()*+,;=:@\\-]|%${HEX}{2})`;
const NAME = `([0-9A-Za-z._~!$&'()*+,;=\\-]|%${HEX}{2})`;
const REST = `(:[0-9]*)?(/${PCHAR}*)*`;
const QUERY = `(\\?(${PCHAR}|[/?])*)?(#(${PCHAR}|[/?])*)?`;
const HTTP = `[hH][tT][tT][pP][sS]?://${NAME}+${REST}${QUERY}`;
/** All schemes that begin otherwise than http does. */
const OTHERS = `[A-GI-Za-gi-z][0-9A-Za-z+.\\-]*:(//${NAME}*${REST}|/?(${PCHAR}+(/${PCHAR}*)*)?)${QUERY}`;

/** As long as its local part and a label may be, so that the table need not count them. */
const SHORT_EMAIL = MAX_LOCAL_PART + 1;

const PATTERNS: Readonly<Record<string, readonly [pattern: string, most: number]>> = {
  email: [
    `${ATOM}(\\.${ATOM})*@(${LETTER}([0-9A-Za-z\\-]*${LETTER})?\\.)+${LETTER}[0-9A-Za-z\\-]*${LETTER}`,
    SHORT_EMAIL,
  ],
  uri: [`${HTTP}|${OTHERS}`, MAX_URI],
  uuid: [`${HEX}{8}(-${HEX}{4}){3}-${HEX}{12}`, Number.POSITIVE_INFINITY],
  binary: ['([0-9A-Za-z+/]{4})*([0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?', Number.POSITIVE_INFINITY],
};

const tables = new Map<string, FormatTable | undefined>();

/** Of ASCII texts; undefined where the format is none of these. */
export function formatTable(format: string): FormatTable | undefined {
  const [pattern, most = 0] = (Object.hasOwn(PATTERNS, format) ? PATTERNS[format] : undefined) ?? [];
  if (pattern === undefined) return undefined;
  if (!tables.has(format)) {
    const table = patternTable(pattern);
    tables.set(format, table && { table, most });
  }
  return tables.get(format);
}
