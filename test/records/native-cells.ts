import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { cellRuleOf } from '../../functions/records/check/fast-cell.ts';
import { addressOf } from '../../functions/records/check/key-memory.ts';
import { KeyTable } from '../../functions/records/check/key-table.ts';
import { ANYTHING, GOOD, GOOD_OTHERWISE, MISSING, READ } from '../../functions/records/csv/cell-rule.ts';
import { Cells } from '../../functions/records/csv/cells.ts';
import { nativeMemory } from '../../functions/records/csv/native/native-memory.ts';
import { NativeScan } from '../../functions/records/csv/native/native-scan.ts';
import { Scanner } from '../../functions/records/csv/scanner.ts';
import { type Column, judge } from '../../functions/records/types/column.ts';

const SIZE = 4096;

export interface NativeCell {
  /** Whether the native scan is sure of a text as a cell of the column; what it says of it has to be true. */
  readonly isSure: (text: string) => boolean;
  /** The key that is made of a text without reading it, if one is; it has to be the canonical text of the value. */
  readonly keyOf: (text: string) => string | undefined;
}

/** The cell stands between two others, before bytes that would go on with it; in quotes, and without where it can. */
export function nativeCell(column: Column, inKey = false): NativeCell {
  const memory = nativeMemory(SIZE);
  const scan = NativeScan.of([ANYTHING, cellRuleOf(column, 1, inKey), ANYTHING], memory, 1);
  if (!scan) throw new Error('no native scan on this machine');
  const scanner = new Scanner(new Cells(3));
  const table = new KeyTable(1);
  const stager = scan.stager([[1]], table.memory);
  const put = (inCsv: string): number | undefined => {
    const bytes = Buffer.from(`7-:0,${inCsv},05:30\n.5,\n`);
    if (bytes.length > SIZE) return undefined;
    bytes.copy(memory.bytes);
    return bytes.length - 1;
  };
  const isSureOf = (text: string, inCsv: string): boolean => {
    const limit = put(inCsv);
    if (limit === undefined) return false;
    const asked = scan.find(0, limit);
    const said = [scan.next, scan.innerLines, ...scan.cells.offsets, ...scan.cells.flags];
    const outcome = scan.outcomes[1] ?? 0;
    // What is asked for may teach the rule something.
    if (asked !== 0) scan.read(0, limit);
    if (asked !== 0) return false;
    scanner.scan(memory.bytes, 0, limit, false);
    const slow = [scanner.next, scanner.innerLines, ...scanner.cells.offsets, ...scanner.cells.flags];
    if (!isDeepStrictEqual(said, slow)) expect({ inCsv, said }).toEqual({ inCsv, said: slow });
    const isTrue = outcomesOf(column, text).includes(outcome);
    if (!isTrue) expect({ inCsv, isTrue }).toEqual({ inCsv, isTrue: true });
    return true;
  };
  const keyOf = (text: string): string | undefined => {
    const limit = put(text);
    if (limit === undefined || /[",\r\n]/.test(text)) return undefined;
    stager?.reads(0);
    if (scan.find(0, limit) !== 0) return undefined;
    table.clear();
    const isPut = stager?.put(0, 1, addressOf(0)) === 1;
    const key = isPut && table.find(0) ? table.bytes.toString('utf8', table.start, table.end) : undefined;
    if (key === undefined) return undefined;
    const judged = judge(column, text);
    const canonical = judged.kind === 'good' ? column.type.canonical(judged.value) : judged.kind;
    if (key !== canonical) expect({ text, key }).toEqual({ text, key: canonical });
    return key;
  };
  return {
    isSure: (text) => {
      const quoted = isSureOf(text, `"${text.replaceAll('"', '""')}"`);
      return /[",\r\n]/.test(text) ? quoted : isSureOf(text, text) && quoted;
    },
    keyOf,
  };
}

/** What may be said of a text. */
export function outcomesOf(column: Column, text: string): number[] {
  const judged = judge(column, text);
  if (judged.kind !== 'good') return judged.kind === 'missing' ? [MISSING] : [];
  return column.type.canonical(judged.value) === text ? [GOOD, GOOD_OTHERWISE, READ] : [GOOD_OTHERWISE, READ];
}
