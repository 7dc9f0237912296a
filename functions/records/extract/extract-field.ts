import type { Cells } from '../csv/cells.ts';
import type { Memory } from '../csv/memory.ts';
import type { AnyOutput } from '../csv/output.ts';
import type { Column } from '../types/column.ts';
import type { Cover } from './mask.ts';

/** A field of an extract. */
export interface ExtractField {
  readonly column: Column;
  /** Of its column in the dataset; -1 where that has no such column and the value is missing. */
  readonly index: number;
  readonly cover: Cover | undefined;
}

/** Writes the first `count` chosen records of a block, each as a line. */
export type LinesWriter = (memory: Memory, block: Cells, count: number, output: AnyOutput) => void;
