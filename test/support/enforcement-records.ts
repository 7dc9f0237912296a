import { seeded } from './seeded.ts';

/** Synthetic enforcement cases: the same for the same seed. */
export interface EnforcementRecord {
  readonly case_no: string;
  readonly division: string;
  readonly offence: string;
  readonly party: string;
  readonly party_id: string;
  readonly decided_on: string;
  readonly fine: string;
}

const offences = ['占道经营', '违法建设', '无证施工', '擅自拆改', '毁坏绿地', '无证经营', '超范围经营'];
const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄'];
const divisions = ['110101', '110102', '110105', '110106', '110107', '110108'];
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: the last character checks the 17 before it. */
export const identityNumber = (seventeen: string): string =>
  seventeen + '10X98765432'.charAt(weights.reduce((sum, weight, i) => sum + weight * Number(seventeen[i]), 0) % 11);

export const enforcementFields = [
  { name: 'case_no', type: 'string', constraints: { required: true, pattern: '[A-Z]{2}-\\d{8}' } },
  { name: 'division', type: 'string', sensitivity: 'public', constraints: { required: true, pattern: '\\d{6}' } },
  { name: 'offence', type: 'string', sensitivity: 'public', constraints: { required: true, maxLength: 50 } },
  { name: 'party', type: 'string', sensitivity: 'personal' },
  { name: 'party_id', type: 'string', check: 'gb11643', sensitivity: 'personal' },
  { name: 'decided_on', type: 'date', constraints: { required: true } },
  { name: 'fine', type: 'number', constraints: { minimum: 0 } },
] as const;

export function enforcementRecords(prefix: string, count: number, seed: number): EnforcementRecord[] {
  const random = seeded(seed);
  const two = (number: number) => String(number).padStart(2, '0');
  return Array.from({ length: count }, (_, i) => {
    const division = random.pick(divisions);
    const born = `${1950 + random.below(50)}${two(1 + random.below(12))}${two(1 + random.below(28))}`;
    return {
      case_no: `${prefix}-${String(i + 1).padStart(8, '0')}`,
      division,
      offence: random.pick(offences),
      party: `${random.pick(surnames)}某`,
      party_id: identityNumber(`${division}${born}${String(random.below(1000)).padStart(3, '0')}`),
      decided_on: `${2005 + random.below(5)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`,
      fine: String(random.below(200) * 50),
    };
  });
}

export const enforcementCsv = (
  records: readonly EnforcementRecord[],
  columns: readonly (keyof EnforcementRecord)[] = enforcementFields.map(({ name }) => name),
): string =>
  [columns.join(','), ...records.map((record) => columns.map((column) => record[column]).join(','))].join('\n') + '\n';
