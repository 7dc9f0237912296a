import { definitionProblems } from '../../../../functions/records/index.ts';
import { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { pointerOf } from '../../../../schemas/contracts/problem.ts';
import { cellName } from '../../../../functions/records/formats/cell-name.ts';
import type { Sheet } from '../../workbook/read-sheet.ts';
import { columnsOf } from '../../workbook/row.ts';
import type { SheetProblem } from '../../workbook/sheet-problem.ts';
import { headings } from './layout.ts';
import { placeOf } from './places.ts';
import { CatalogRow } from './row.ts';
import { definitionIn } from './row-definition.ts';

/** A definition out of a workbook, and where each part of it stands. */
export interface ReadDefinition {
  readonly resourceId: string;
  readonly definition: ResourceDefinition;
  /** The cell that a JSON pointer into the definition comes from. */
  readonly cellOf: (path: string) => Pick<SheetProblem, 'cell' | 'column'>;
}

export interface ReadCatalog {
  readonly definitions: readonly ReadDefinition[];
  /** All that is wrong, in the order of the sheet; definitions with a problem are not among the others. */
  readonly problems: readonly SheetProblem[];
}

const REQUIRED = ['resourceId', 'title', 'provider', 'shareType', 'fieldName', 'type'] as const;

/** The definitions of a catalog's workbook. Columns are found by their headings, whatever their order. */
export function readDefinitions(sheet: Sheet): ReadCatalog {
  const columns = columnsOf(sheet.head, headings);
  const missing = REQUIRED.filter((key) => !columns.has(key));
  if (missing.length > 0) {
    const cell = cellName(1, 1);
    return {
      definitions: [],
      problems: missing.map((key) => ({ cell, column: headings[key], message: 'the column is missing' })),
    };
  }
  const groups = groupsOf(sheet.rows.map((row) => new CatalogRow(row, columns)));
  const read = groups.map((rows, index) => readOne(rows, groups.slice(0, index)));
  return {
    definitions: read.flatMap(({ definition }) => (definition ? [definition] : [])),
    problems: read.flatMap(({ problems }) => problems).toSorted(inSheet),
  };
}

/** Row by row, and in a row from left to right. */
function inSheet(one: SheetProblem, other: SheetProblem): number {
  const [a, b] = [one, other].map(({ cell }) => /^([A-Z]+)(\d+)$/.exec(cell) ?? ['', '', '0']) as [string[], string[]];
  const rows = Number(a[2]) - Number(b[2]);
  const [left = '', right = ''] = [a[1], b[1]];
  return rows || left.length - right.length || (left < right ? -1 : Number(left > right));
}

/** Rows of one resource stand together; only the first has to say of which. */
function groupsOf(rows: readonly CatalogRow[]): readonly (readonly CatalogRow[])[] {
  const groups: CatalogRow[][] = [];
  for (const row of rows) {
    const current = groups.at(-1);
    const id = row.text('resourceId');
    if (current && (id === '' || id === current[0]?.text('resourceId'))) current.push(row);
    else groups.push([row]);
  }
  return groups;
}

function readOne(
  rows: readonly CatalogRow[],
  before: readonly (readonly CatalogRow[])[],
): { readonly definition?: ReadDefinition; readonly problems: readonly SheetProblem[] } {
  const [first] = rows;
  if (!first) return { problems: [] };
  const { content, problems } = definitionIn(rows);
  const id = first.text('resourceId');
  const found = [...problems, ...idProblems(first, before), ...repeatedProblems(rows)];
  const cellOf = (path: string) => placeOf(path, rows);
  const parsed = ResourceDefinition.safeParse(content);
  const broken = parsed.success ? definitionProblems(parsed.data) : parsed.error.issues.flatMap(placesOf);
  // A cell that is wrong already is not told of twice, nor are the rules of a field whose type nobody knows.
  const told = new Set(found.map(({ cell }) => cell));
  const isTold = (path: string) => told.has(cellOf(path).cell) || told.has(cellOf(typeOf(path)).cell);
  const all = [
    ...found,
    ...broken.filter(({ path }) => !isTold(path)).map(({ path, message }) => ({ ...cellOf(path), message })),
  ];
  if (all.length > 0 || !parsed.success) return { problems: all };
  return { definition: { resourceId: id, definition: parsed.data, cellOf }, problems: [] };
}

type Issue = NonNullable<ReturnType<typeof ResourceDefinition.safeParse>['error']>['issues'][number];

/** A property that there is not stands where it was written, not where it is missing. */
function placesOf(issue: Issue): readonly { readonly path: string; readonly message: string }[] {
  const path = pointerOf(issue.path);
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: `${path}${pointerOf([key])}`, message: `there is no property ${key}` }));
}

/** Where the type of the field is that a path leads into; the path itself where it leads elsewhere. */
const typeOf = (path: string): string => path.replace(/^(\/schema\/fields\/\d+)(\/.*)?$/, '$1/type');

function idProblems(first: CatalogRow, before: readonly (readonly CatalogRow[])[]): SheetProblem[] {
  const id = first.text('resourceId');
  if (id === '') return [first.problem('resourceId', 'nothing is written here')];
  const parsed = ResourceId.safeParse(id);
  if (!parsed.success) return parsed.error.issues.map(({ message }) => first.problem('resourceId', message));
  return before.some(([row]) => row?.text('resourceId') === id)
    ? [first.problem('resourceId', `rows of ${id} stand above already: put them together`)]
    : [];
}

/** What a later row says of the resource once more has to be the same. */
function repeatedProblems([first, ...later]: readonly CatalogRow[]): SheetProblem[] {
  return later.flatMap((row) =>
    row
      .resourceTexts()
      .flatMap(([key, text]) =>
        text === '' || text === first?.text(key)
          ? []
          : [row.problem(key, `row ${first?.number} of the same resource says something else: say it there alone`)],
      ),
  );
}
