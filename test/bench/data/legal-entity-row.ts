import { seeded, type Seeded } from '../../support/seeded.ts';

/** What keeps serial numbers apart and out of order: a bijection of 0 to 99,999,999, so no code comes twice. */
const SPREAD = 48_271_361;
const CODES = 100_000_000;

const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const CREDIT_VALUES = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, CREDIT_ALPHABET.indexOf(String.fromCodePoint(code))),
);

/** GB 11714-1997, of eight characters: 11 - weighted sum mod 11; 10 is X, 11 is 0. Letters count from 10. */
export function orgCheck(eight: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i += 1) {
    const code = eight.charCodeAt(i);
    sum += (ORG_WEIGHTS[i] ?? 0) * (code > 0x39 ? code - 55 : code - 48);
  }
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
}

/** GB 32100-2015, of seventeen characters: 31 - weighted sum mod 31. */
export function creditCheck(seventeen: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += (CREDIT_WEIGHTS[i] ?? 0) * (CREDIT_VALUES[seventeen.charCodeAt(i)] ?? 0);
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

const districts = ['110101', '110102', '110105', '110106', '110107', '110108', '110109', '110111', '110112', '110113'];
const words = ['京华', '长安', '燕山', '通惠', '永定', '紫竹', '和平', '东方', '中关', '金源', '天元', '北辰'];
const trades = ['科技有限公司', '商贸有限公司', '餐饮管理有限公司', '建筑工程有限公司', '文化传播有限公司', '协会'];
const surnames = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
const given = ['伟', '芳', '秀英', '敏', '静', '丽', '强', '磊', '军', '洋'];
const currencies = ['CNY', 'CNY', 'CNY', 'CNY', 'USD', 'EUR', 'HKD', 'JPY'];
const types = ['1', '1', '1', '2', '3', '4', '9'];
const industries = Array.from({ length: 20 }, (_, i) => 'ABCDEFGHIJKLMNOPQRST'.charAt(i));
const two = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));
const TWO_DIGITS = (random: Seeded): string => two[random.below(100)] ?? '';

/** Every tenth code has a letter, as codes given since 2015 may; it stands for its digit, so codes stay different. */
function orgCode(serial: number): string {
  const digits = String((serial * SPREAD + 10_000_019) % CODES).padStart(8, '0');
  const eight = serial % 10 === 0 ? 'ABCDEFGHJK'.charAt(Number(digits[0])) + digits.slice(1) : digits;
  return eight + orgCheck(eight);
}

function name(random: Seeded): string {
  const plain = `北京${random.pick(words)}${random.pick(words)}${random.pick(trades)}`;
  const kind = random.below(100);
  if (kind < 17) return `${plain},${random.pick(words)}第${random.below(90) + 1}分部`;
  return kind < 20 ? `${plain}"${random.pick(words)}"分部` : plain;
}

/** 5 % have a comma: with the names, 24 % of rows have a quoted field. */
function address(random: Seeded): string {
  const street = `北京市${random.pick(words)}区${random.pick(words)}路${random.below(300) + 1}号院`;
  return random.below(20) === 0 ? `${street},${random.below(20) + 1}层` : street;
}

/** Cells of one good record. `serial` makes its code; all else comes from `random`. */
function entity(serial: number, random: Seeded): string[] {
  const org = orgCode(serial);
  const division = random.pick(districts);
  const credit = `91${division}${org.replaceAll('X', '0')}`;
  return [
    org,
    random.pick(types),
    name(random),
    random.pick(industries) + TWO_DIGITS(random) + (random.below(2) === 0 ? TWO_DIGITS(random) : ''),
    division,
    address(random),
    random.below(25) === 0 ? '' : `010-${60_000_000 + random.below(9_999_999)}`,
    random.below(5) === 0 ? `${random.below(100_000)}.${TWO_DIGITS(random)}` : `${random.below(1_000_000)}`,
    `${1980 + random.below(40)}-${two[1 + random.below(12)]}-${two[1 + random.below(28)]}`,
    random.pick(currencies),
    random.pick(surnames) + random.pick(given),
    random.below(20) === 0 ? '' : credit + creditCheck(credit),
  ];
}

/** Makes good records one after another: the same ones for the same seed. */
export function entityMaker(seed: number): (serial: number) => string[] {
  const random = seeded(seed);
  return (serial) => entity(serial, random);
}
