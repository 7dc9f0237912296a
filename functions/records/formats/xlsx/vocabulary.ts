/** Both editions of the standard: transitional (ECMA-376, first edition, and what everybody writes) and strict. */
export const SPREADSHEET: ReadonlySet<string> = new Set([
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
]);
const RELATIONSHIPS = [
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'http://purl.oclc.org/ooxml/officeDocument/relationships',
];
/** Of attributes that name a relationship. */
export const RELATIONSHIP_IDS: ReadonlySet<string> = new Set(RELATIONSHIPS);
/** Of the parts that say what belongs to what (ECMA-376, part 2); of one edition alone. */
export const PACKAGE: ReadonlySet<string> = new Set(['http://schemas.openxmlformats.org/package/2006/relationships']);

export const isOfType = (type: string, name: string): boolean =>
  RELATIONSHIPS.some((start) => type === `${start}/${name}`);
