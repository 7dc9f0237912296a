import { type Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import { seeded, type Seeded } from '../../support/seeded.ts';
import { type BenchTable, put } from './table.ts';

interface Kind {
  readonly field: Pick<Field, 'type' | 'constraints'>;
  readonly cell: (random: Seeded) => string;
}

const two = (number: number): string => String(number).padStart(2, '0');
const day = (random: Seeded): string =>
  `${1990 + random.below(35)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
const WORDS = ['京华', '长安', '燕山', '通惠', '永定', '紫竹', '和平', '东方'];

/** What the columns are, in turn. */
const KINDS: readonly Kind[] = [
  {
    field: { type: 'string', constraints: { pattern: '[A-Z]{2}[0-9]{6}' } },
    cell: (random) => `KD${String(random.below(1_000_000)).padStart(6, '0')}`,
  },
  { field: { type: 'integer', constraints: { minimum: 0 } }, cell: (random) => String(random.below(100_000)) },
  {
    field: { type: 'number', constraints: { minimum: 0 } },
    cell: (random) => `${random.below(1000)}.${two(random.below(100))}`,
  },
  { field: { type: 'date', constraints: { minimum: '1900-01-01' } }, cell: day },
  {
    field: { type: 'string', constraints: { maxLength: 50 } },
    cell: (random) => random.pick(WORDS) + random.pick(WORDS),
  },
  {
    field: { type: 'string', constraints: { enum: ['1', '2', '3', '9'] } },
    cell: (random) => random.pick(['1', '2', '3', '9']),
  },
  {
    field: { type: 'datetime', constraints: { minimum: '1900-01-01T00:00:00' } },
    cell: (random) => `${day(random)}T${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}`,
  },
  { field: { type: 'string' }, cell: (random) => (random.below(3) > 0 ? '' : random.pick(WORDS)) },
];

const COLUMNS = 89;
const kinds = Array.from({ length: COLUMNS }, (_, column) => KINDS[column % KINDS.length]).filter(
  (kind) => kind !== undefined,
);

/** A large register: 89 columns of eight kinds in turn. */
export const WIDE: BenchTable = {
  schema: TableSchema.parse({
    fields: kinds.map(({ field }, column) => ({ ...field, name: `c${column}` })),
  }),
  maker: (seed) => {
    const random = seeded(seed);
    return () => kinds.map(({ cell }) => cell(random));
  },
  bad: [
    { name: 'a code in lower case', spoil: put(80, 'kd000001') },
    { name: 'a count that is no whole number', spoil: put(1, '1.5') },
    { name: 'a number below zero', spoil: put(42, '-1') },
    { name: 'a day that does not exist', spoil: put(3, '2019-02-30') },
    { name: 'a text too long', spoil: put(84, '京'.repeat(51)) },
    { name: 'a value not in the list', spoil: put(5, '7') },
    { name: 'a time that does not exist', spoil: put(86, '2019-02-28T24:30:00') },
    { name: 'a cell too many', spoil: (cells) => cells.push('1') },
  ],
};
