import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { cellRuleOf } from '../../functions/records/check/fast-cell.ts';
import { ANYTHING, GOOD, GOOD_OTHERWISE, MISSING } from '../../functions/records/csv/cell-rule.ts';
import { Cells } from '../../functions/records/csv/cells.ts';
import { FastScan } from '../../functions/records/csv/fast-scan.ts';
import { nativeMemory } from '../../functions/records/csv/native/native-memory.ts';
import { nativeScan } from '../../functions/records/csv/native/native-scan.ts';
import { type Column, judge } from '../../functions/records/types/column.ts';

const SIZE = 4096;

/** Whether the native scan is sure of a text as a cell of the column; what it says of it has to be true. */
export type NativeCell = (text: string) => boolean;

/** The cell stands between two others, before bytes that would go on with it; in quotes, and without where it can. */
export function nativeCell(column: Column): NativeCell {
  const rules = [ANYTHING, cellRuleOf(column, 1), ANYTHING];
  const memory = nativeMemory(SIZE);
  const native = nativeScan(rules, memory, 1);
  if (!native) throw new Error('no native scan on this machine');
  const cells = new Cells(3);
  const plain = new FastScan(rules, cells);
  const isSure = (text: string, inCsv: string): boolean => {
    const bytes = Buffer.from(`7-:0,${inCsv},05:30\n.5,\n`);
    if (bytes.length > SIZE) return false;
    bytes.copy(memory.bytes);
    const next = native.read(0, bytes.length - 1, 0);
    // What is asked for may teach the rule something.
    plain.read(memory, 0, bytes.length - 1);
    if (next < 0 || (native.asked[0] ?? 0) > 0) return false;
    const said = [next, native.outcomes[1] ?? 0, ...native.cells.offsets];
    const fast = [plain.next, plain.outcomes[1] ?? 0, ...cells.offsets];
    if (!isDeepStrictEqual(said, fast)) expect({ inCsv, said }).toEqual({ inCsv, said: fast });
    const isTrue = outcomesOf(column, text).includes(native.outcomes[1] ?? 0);
    if (!isTrue) expect({ inCsv, isTrue }).toEqual({ inCsv, isTrue: true });
    return true;
  };
  return (text) => {
    const quoted = isSure(text, `"${text.replaceAll('"', '""')}"`);
    return /[",\r\n]/.test(text) ? quoted : isSure(text, text) && quoted;
  };
}

/** What may be said of a text. */
export function outcomesOf(column: Column, text: string): number[] {
  const judged = judge(column, text);
  if (judged.kind !== 'good') return judged.kind === 'missing' ? [MISSING] : [];
  return column.type.canonical(judged.value) === text ? [GOOD, GOOD_OTHERWISE] : [GOOD_OTHERWISE];
}
