import { seeded } from './seeded.ts';

/** A made-up person, as a base register knows one. */
export type Person = { id_no: string; name: string; phone: string; born: string; home: string; area: string };

export const personal = ['id_no', 'name', 'phone', 'born', 'home'] as const satisfies readonly (keyof Person)[];
export const columns = [...personal, 'area'] as const;

/** GB 11643-1999: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2; the remainder modulo 11 names the check character. */
const withIdCheck = (seventeen: string): string => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(seventeen[place]), 0);
  return seventeen + '10X98765432'[sum % 11]!;
};

const surnames = ['欧阳', '上官', '司马', '诸葛', '东方', '慕容'];
const given = ['秀英', '建国', '桂兰', '志强', '淑珍', '玉梅', '海燕', '俊杰'];

/** The same people for the same seed; every value of a personal field is unlike anything that a log says by itself. */
export function people(count: number, seed: number): Person[] {
  const random = seeded(seed);
  const two = (number: number) => String(number).padStart(2, '0');
  return Array.from({ length: count }, () => {
    const born = `${1930 + random.below(60)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;
    const area = random.pick(['110101', '110102', '110105']);
    return {
      id_no: withIdCheck(`${area}${born.replaceAll('-', '')}${String(100 + random.below(900))}`),
      name: random.pick(surnames) + random.pick(given),
      phone: `13${String(100_000_000 + random.below(899_999_999))}`,
      born,
      home: `${random.pick(['槐柏树街', '演乐胡同', '菊儿胡同'])}${random.below(900) + 100}号`,
      area,
    };
  });
}

/** Values that a text must not hold, and does: as they are, or as URLs and JSON write them. */
export function leaked(values: Iterable<string>, text: string): string[] {
  const lower = text.toLowerCase();
  return [...new Set(values)].filter(
    (value) =>
      text.includes(value) ||
      lower.includes(encodeURIComponent(value).toLowerCase()) ||
      lower.includes(Buffer.from(value).toString('base64url').toLowerCase()) ||
      lower.includes(escaped(value)),
  );
}

const escaped = (value: string): string =>
  value.replaceAll(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
