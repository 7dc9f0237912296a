import type { Field } from '../../../../schemas/contracts/definition.ts';
import { plain } from '../../header/closest.ts';
import type { ColumnMatch, MatchedBy } from '../contract.ts';
import { synonymGroup } from './synonyms.ts';

/** Longer names are no names; the work stays small whatever the header. */
const MAX_NAME = 200;

/** A name without what people add to it: units in brackets, stars for "required", line ends, colons. */
const bare = (name: string): string =>
  plain(
    name
      .slice(0, MAX_NAME)
      .replaceAll(/[（(［[【][^）)］\]】]*[）)］\]】]/g, '')
      .replaceAll(/[*＊:：'"“”\s]+/g, ' '),
  ).replaceAll('_', '');

/** What a name has in brackets, which may be another name: 注册登记号（统一社会信用代码）. */
const inBrackets = (name: string): string => /[（(]([^）)]*)[）)]/.exec(name.slice(0, MAX_NAME))?.[1] ?? '';

const namesOf = ({ name, title, titleEn }: Field): string[] =>
  [name, title, titleEn].filter((text): text is string => text !== undefined && text !== '');

type Test = (column: string, field: Field) => boolean;

/** From what is certain to what is nearly so: whatever an earlier one has found is not looked at again. */
const TESTS: readonly (readonly [MatchedBy, Test])[] = [
  ['name', (column, { name }) => column === name],
  ['name', (column, { name }) => plain(column) === plain(name)],
  ['title', (column, field) => namesOf(field).some((text) => plain(text) === plain(column))],
  ['title', (column, field) => namesOf(field).some((text) => bare(text) === bare(column) && bare(text) !== '')],
  [
    'title',
    (column, field) =>
      namesOf(field).some((text) => inBrackets(text) !== '' && bare(inBrackets(text)) === bare(column)),
  ],
  ['synonym', isSynonym],
];

function isSynonym(column: string, field: Field): boolean {
  const group = groupOf(column);
  return (
    group !== undefined &&
    namesOf(field).some((text) => [text, inBrackets(text)].some((name) => groupOf(name) === group))
  );
}

const groupOf = (name: string): number | undefined => synonymGroup(plain(name)) ?? synonymGroup(bare(name));

/**
 * Which field each column is, as far as names tell. A synonym tells only where one column and one field have it; where
 * names tell nothing, or two columns are one field, the column has no field.
 */
export function matchColumns(names: readonly string[], fields: readonly Field[]): ColumnMatch[] {
  const found = new Map<number, { readonly field: string; readonly by: MatchedBy }>();
  const taken = new Set<string>();
  for (const [by, test] of TESTS) {
    const pairs = pairsOf(
      names,
      fields,
      (i, field) => !found.has(i) && !taken.has(field.name) && test(names[i] ?? '', field),
    );
    for (const [i, field] of pairs) {
      found.set(i, { field, by });
      taken.add(field);
    }
  }
  return names.map((name, i) => ({
    column: i + 1,
    name,
    field: found.get(i)?.field,
    by: found.get(i)?.by ?? (name.trim() === '' ? 'nameless' : 'unknown'),
  }));
}

/** Pairs in which neither the column nor the field has another partner. */
function pairsOf(
  names: readonly string[],
  fields: readonly Field[],
  fits: (i: number, field: Field) => boolean,
): (readonly [number, string])[] {
  const pairs = names.flatMap((name, i) =>
    name.trim() === '' ? [] : fields.filter((field) => fits(i, field)).map((field) => [i, field.name] as const),
  );
  return pairs.filter(([i, field]) => pairs.filter((pair) => pair[0] === i || pair[1] === field).length === 1);
}
