import { word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';
import type { SheetProblem } from './sheet-problem.ts';

/** What is wrong in a workbook, cell by cell. */
export const problemTable = (problems: readonly SheetProblem[], look: Look): string =>
  table(
    problems,
    [
      { head: word('cell', look), value: ({ cell }) => cell },
      { head: word('column', look), value: ({ column }) => column },
      { head: word('message', look), value: ({ message }) => message, flexible: true },
    ],
    look,
  );
