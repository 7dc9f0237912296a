import { RefusedFile } from '../refused-file.ts';

export const brokenXml = (): RefusedFile =>
  new RefusedFile(
    'unreadable',
    'the workbook is damaged, or holds XML that workbooks do not: no document types, UTF-8 alone',
  );

export const foreignXml = (): RefusedFile =>
  new RefusedFile(
    'unreadable',
    'a part of the workbook is not in the namespace of workbooks (ECMA-376); write it anew with a spreadsheet program',
  );
