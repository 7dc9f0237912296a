import { partsOf } from './cell-text.ts';
import { YES, type ColumnKey } from './layout.ts';
import type { CatalogRow } from './row.ts';
import type { SheetProblem } from '../../workbook/sheet-problem.ts';

type Properties = Readonly<Record<string, unknown>>;

/** What the rows of a resource say, in the shape of a definition, and what no definition can be made of. */
export function definitionIn(rows: readonly CatalogRow[]): {
  readonly content: Properties;
  readonly problems: readonly SheetProblem[];
} {
  const problems: SheetProblem[] = [];
  const [first] = rows;
  if (!first) return { content: {}, problems };
  const { $schema, uniqueKeys, missingValues, ...more } = jsonIn(first, 'resourceMore', problems);
  const fields = rows.map((row) => fieldIn(row, problems));
  const content = {
    ...entryIn(first, problems),
    ...more,
    schema: given({ $schema, uniqueKeys, missingValues, fields, primaryKey: keyIn(rows, fields, problems) }),
  };
  return { content, problems };
}

/** Without what is not said: it is absent, or has its default. */
const given = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

function entryIn(row: CatalogRow, problems: SheetProblem[]): Properties {
  const list = (key: ColumnKey) => (row.text(key) === '' ? undefined : partsOf(row.text(key)));
  return given({
    category: row.textIf('category'),
    title: row.textIf('title'),
    titleEn: row.textIf('titleEn'),
    provider: row.textIf('provider'),
    description: row.textIf('description'),
    formatClass: row.code('formatClass', 'formatClass', problems),
    shareType: row.code('shareType', 'shareType', problems),
    shareCondition: row.textIf('shareCondition'),
    legalBasis: row.textIf('legalBasis'),
    modes: list('modes')?.map((mode) => row.code('modes', 'modes', problems, mode)),
    open: openIn(row, problems),
    updateCycle: row.code('updateCycle', 'updateCycle', problems),
    related: list('related'),
    themes: list('themes'),
    contact: contactIn(row),
  });
}

function openIn(row: CatalogRow, problems: SheetProblem[]): Properties | undefined {
  const [type, condition] = [row.code('openType', 'openType', problems), row.textIf('openCondition')];
  return type === undefined && condition === undefined ? undefined : given({ type, condition });
}

function contactIn(row: CatalogRow): Properties | undefined {
  const contact = given({
    unit: row.textIf('contactUnit'),
    phone: row.textIf('contactPhone'),
    email: row.textIf('contactEmail'),
  });
  return Object.keys(contact).length === 0 ? undefined : contact;
}

function fieldIn(row: CatalogRow, problems: SheetProblem[]): Properties {
  const { constraints, ...more } = jsonIn(row, 'fieldMore', problems);
  const own = given({ required: requiredIn(row, problems), maxLength: numberIn(row, 'maxLength', problems) });
  return {
    ...given({
      title: row.textIf('fieldTitle'),
      titleEn: row.textIf('fieldTitleEn'),
      name: row.textIf('fieldName'),
      type: row.code('type', 'type', problems),
      sensitivity: row.code('sensitivity', 'sensitivity', problems),
      shareType: row.code('fieldShareType', 'shareType', problems),
      provider: row.textIf('fieldProvider'),
      group: row.textIf('group'),
    }),
    ...more,
    ...((constraints !== undefined || Object.keys(own).length > 0) && {
      constraints: { ...(constraints as object), ...own },
    }),
  };
}

function requiredIn(row: CatalogRow, problems: SheetProblem[]): true | undefined {
  const text = row.text('required');
  if (text === YES) return true;
  if (text !== '' && text !== '否')
    problems.push(row.problem('required', `${JSON.stringify(text)} is none of ${YES}、否`));
  return undefined;
}

function numberIn(row: CatalogRow, key: ColumnKey, problems: SheetProblem[]): number | undefined {
  const text = row.text(key);
  if (text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  problems.push(row.problem(key, `${JSON.stringify(text)} is no whole number`));
  return undefined;
}

/** A key's fields by their places in it: 1, 2 …; with 是 in the order of the rows. */
function keyIn(
  rows: readonly CatalogRow[],
  fields: readonly Properties[],
  problems: SheetProblem[],
): readonly unknown[] | undefined {
  const places = rows.flatMap((row, index) => {
    const text = row.text('key');
    if (text === '' || text === '否') return [];
    if (text !== YES && !/^[1-9]\d{0,3}$/.test(text)) {
      problems.push(row.problem('key', `${JSON.stringify(text)} is neither ${YES} nor a place in the key such as 1`));
      return [];
    }
    return [{ place: text === YES ? index : Number(text), name: fields[index]?.['name'] }];
  });
  const ordered = places.toSorted((one, other) => one.place - other.place);
  return ordered.length > 0 ? ordered.map(({ name }) => name) : undefined;
}

function jsonIn(row: CatalogRow, key: 'resourceMore' | 'fieldMore', problems: SheetProblem[]): Properties {
  const text = row.text(key);
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Properties;
  } catch {
    // What is no JSON at all is told like JSON that is no object.
  }
  problems.push(row.problem(key, 'no JSON object: {"pattern": "…"} or nothing'));
  return {};
}
