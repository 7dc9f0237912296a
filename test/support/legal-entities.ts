import { seeded, type Seeded } from './seeded.ts';

/** Synthetic legal entities with valid check digits: the same rows for the same seed. */
export type LegalEntity = {
  org_code: string;
  org_type: string;
  name: string;
  industry: string;
  division: string;
  address: string;
  phone: string;
  capital: string;
  approved_on: string;
  currency: string;
  representative: string;
  registration_no: string;
};

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 11714-1997: weights 3 7 9 10 5 8 4 2, check = 11 - sum mod 11, 10 is X, 11 is 0. */
function withOrgCheck(eight: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * alphabet.indexOf(eight[place]!), 0);
  const check = 11 - (sum % 11);
  return eight + (check === 10 ? 'X' : check === 11 ? '0' : String(check));
}

/** GB 32100-2015: weights are the powers of 3 modulo 31, check = (31 - sum mod 31) mod 31. */
export function withCreditCheck(seventeen: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of seventeen) {
    sum += weight * creditAlphabet.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return seventeen + creditAlphabet[(31 - (sum % 31)) % 31];
}

const districts = ['110101', '110102', '110105', '110106', '110107', '110108', '110109', '110111', '110112', '110113'];
const words = ['京华', '长安', '燕山', '通惠', '永定', '紫竹', '和平', '东方', '中关', '金源', '天元', '北辰'];
const trades = [
  '科技有限公司',
  '商贸有限公司',
  '餐饮管理有限公司',
  '建筑工程有限公司',
  '文化传播有限公司',
  '学校',
  '医院',
  '协会',
];
const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
const given = ['伟', '芳', '秀英', '敏', '静', '丽', '强', '磊', '军', '洋'];

function legalEntity(random: Seeded, serial: number): LegalEntity {
  const org = withOrgCheck(String(10_000_000 + serial));
  const division = random.pick(districts);
  const name = `北京${random.pick(words)}${random.pick(words)}${random.pick(trades)}`;
  const two = (number: number) => String(number).padStart(2, '0');
  return {
    org_code: org,
    org_type: random.pick(['1', '2', '3', '4', '9']),
    name: random.below(4) === 0 ? `${name}（第${random.below(90) + 1}分部）,北京` : name,
    industry: `${'ABCDEFGHIJKLMNOPQRST'.charAt(random.below(20))}${two(random.below(100))}`,
    division,
    address: `${random.pick(words)}路${random.below(300) + 1}号`,
    phone: `010-${String(60_000_000 + random.below(9_999_999))}`,
    capital:
      random.below(5) === 0 ? `${random.below(100_000)}.${two(random.below(100))}` : String(random.below(100_000)),
    approved_on: `${1980 + random.below(30)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`,
    currency: random.pick(['CNY', 'CNY', 'CNY', 'USD', 'EUR', 'HKD', 'JPY']),
    representative: random.pick(surnames) + random.pick(given),
    registration_no: withCreditCheck(`91${division}${org.replace(/[^0-9]/g, '0')}`),
  };
}

/** In the order of the register's file. */
export const LEGAL_ENTITY_COLUMNS = [
  'org_code',
  'org_type',
  'name',
  'industry',
  'division',
  'address',
  'phone',
  'capital',
  'approved_on',
  'currency',
  'representative',
  'registration_no',
] as const satisfies readonly (keyof LegalEntity)[];

export const legalEntities = (count: number, seed = 1): LegalEntity[] => {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, serial) => legalEntity(random, serial));
};

const quoted = (value: string): string => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export const csvOf = (
  rows: readonly Readonly<Record<string, string>>[],
  names: readonly string[] = LEGAL_ENTITY_COLUMNS,
): string =>
  [names.join(','), ...rows.map((row) => names.map((name) => quoted(row[name] ?? '')).join(','))].join('\n') + '\n';
