import type { FieldColumn, ResourceColumn } from './layout.ts';
import type { CatalogRow } from './row.ts';
import type { SheetProblem } from '../../workbook/sheet-problem.ts';

/** Where a property of a definition stands, by its JSON pointer; the rest stands as JSON. */
const RESOURCE: Readonly<Record<string, ResourceColumn>> = {
  category: 'category',
  title: 'title',
  titleEn: 'titleEn',
  provider: 'provider',
  description: 'description',
  formatClass: 'formatClass',
  shareType: 'shareType',
  shareCondition: 'shareCondition',
  legalBasis: 'legalBasis',
  modes: 'modes',
  open: 'openType',
  'open/condition': 'openCondition',
  updateCycle: 'updateCycle',
  related: 'related',
  themes: 'themes',
  contact: 'contactUnit',
  'contact/phone': 'contactPhone',
  'contact/email': 'contactEmail',
};

const FIELD: Readonly<Record<string, FieldColumn>> = {
  name: 'fieldName',
  title: 'fieldTitle',
  titleEn: 'fieldTitleEn',
  type: 'type',
  sensitivity: 'sensitivity',
  shareType: 'fieldShareType',
  provider: 'fieldProvider',
  group: 'group',
  'constraints/maxLength': 'maxLength',
  'constraints/required': 'required',
};

/** The cell that a part of the definition comes from. @param rows of its resource, a field each */
export function placeOf(path: string, rows: readonly CatalogRow[]): Pick<SheetProblem, 'cell' | 'column'> {
  const parts = path.split('/').slice(1);
  const [first] = rows;
  const [, fields, index, ...member] = parts;
  const row = parts[0] === 'schema' && fields === 'fields' && index !== undefined ? rows[Number(index)] : undefined;
  if (row) return row.place(found(FIELD, member) ?? (member.length === 0 ? 'fieldName' : 'fieldMore'));
  if (parts[0] === 'schema' && fields === 'primaryKey')
    return (rows.find((each) => each.text('key') !== '') ?? first)?.place('key') ?? NOWHERE;
  return first?.place(found(RESOURCE, parts) ?? 'resourceMore') ?? NOWHERE;
}

const NOWHERE = { cell: 'A1', column: '' };

/** By the whole path, or by its beginning. */
const found = <C>(columns: Readonly<Record<string, C>>, parts: readonly string[]): C | undefined =>
  columns[parts.slice(0, 2).join('/')] ?? columns[parts[0] ?? ''];
