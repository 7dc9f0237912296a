import { type BadKind, put } from '../tables/table.ts';

/** Another check character than the right one. */
const wrongCheck = (column: number, right: string) => (cells: string[]) => {
  const code = cells[column] || right;
  cells[column] = code.slice(0, -1) + (code.endsWith('7') ? '5' : '7');
};

/** The sixteen ways, taken in turn, so that every run of sixteen bad records has each once. */
export const BAD_KINDS: readonly BadKind[] = [
  { name: 'organisation code with a wrong check character', spoil: wrongCheck(0, '') },
  { name: 'organisation code missing', spoil: put(0, '') },
  { name: 'type not in the list', spoil: put(1, '7') },
  { name: 'name missing', spoil: put(2, '') },
  { name: 'name too long', spoil: put(2, '京'.repeat(121)) },
  { name: 'industry in lower case', spoil: put(3, 'a12') },
  { name: 'division of five digits', spoil: put(4, '11010') },
  { name: 'phone with letters', spoil: put(6, '010-6688转9') },
  { name: 'capital that is no number', spoil: put(7, '12万') },
  { name: 'capital below zero', spoil: put(7, '-5') },
  { name: 'a day that does not exist', spoil: put(8, '2019-02-30') },
  { name: 'a day before 1900', spoil: put(8, '1899-12-31') },
  { name: 'currency not in the list', spoil: put(9, 'XYZ') },
  { name: 'credit code with a wrong check character', spoil: wrongCheck(11, '91110101MA0000000B') },
  { name: 'a cell missing', spoil: (cells) => cells.splice(11, 1) },
  { name: 'a cell too many', spoil: (cells) => cells.push('1') },
];
