import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { seeded, type Seeded } from '../../support/seeded.ts';
import { type BenchTable, put } from './table.ts';

const OFFENCES = ['占道经营', '违法建设', '无证施工', '擅自拆改', '毁坏绿地', '无证经营', '超范围经营'];
const STREETS = ['长安街', '建国路', '学院路', '西直门', '望京街', '农展馆'];
const DIVISIONS = ['110101', '110102', '110105', '110106', '110107', '110108'];
const LETTERS = Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ');
const PROVINCES = ['京', '京', '京', '津', '冀'];

const two = (number: number): string => String(number).padStart(2, '0');
const clock = (random: Seeded): string => `${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}`;
const day = (random: Seeded): string =>
  `${2015 + random.below(10)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
const plate = (random: Seeded): string =>
  random.pick(PROVINCES) + random.pick(LETTERS) + String(10_000 + random.below(90_000));

/** Enforcement cases: a plate of a vehicle, a time in every row, a note with commas. */
export const ENFORCEMENT: BenchTable = {
  schema: TableSchema.parse({
    fields: [
      { name: 'case_no', type: 'string', constraints: { required: true, pattern: '[A-Z]{2}-[0-9]{8}' } },
      { name: 'division', type: 'string', constraints: { required: true, pattern: '[0-9]{6}' } },
      { name: 'plate', type: 'string', constraints: { pattern: '[一-龥][A-Z][A-Z0-9]{5,6}' } },
      { name: 'occurred_at', type: 'datetime', constraints: { required: true, minimum: '2000-01-01T00:00:00' } },
      { name: 'offence', type: 'string', constraints: { required: true, maxLength: 50 } },
      { name: 'fine', type: 'number', constraints: { minimum: 0 } },
      { name: 'note', type: 'string', constraints: { maxLength: 200 } },
    ],
  }),
  maker: (seed) => {
    const random = seeded(seed);
    return (serial) => [
      `CG-${String(serial).padStart(8, '0')}`,
      random.pick(DIVISIONS),
      random.below(3) === 0 ? '' : plate(random),
      `${day(random)}T${clock(random)}`,
      random.pick(OFFENCES),
      String(random.below(200) * 50),
      `${random.pick(STREETS)}${1 + random.below(300)}号,已责令改正,当场处罚`,
    ];
  },
  bad: [
    { name: 'case number in lower case', spoil: put(0, 'cg-00000001') },
    { name: 'plate of one letter too few', spoil: put(2, '京A123') },
    { name: 'a time that does not exist', spoil: put(3, '2020-02-30T10:00:00') },
    { name: 'a time before 2000', spoil: put(3, '1999-12-31T23:59:59') },
    { name: 'offence missing', spoil: put(4, '') },
    { name: 'fine below zero', spoil: put(5, '-50') },
    { name: 'note too long', spoil: put(6, '京,'.repeat(101)) },
    { name: 'a cell missing', spoil: (cells) => cells.splice(6, 1) },
  ],
};
