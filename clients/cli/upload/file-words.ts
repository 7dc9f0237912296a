import type { UploadFormat } from '../../../schemas/contracts/uploads.ts';
import { anyOf } from '../terminal/option-values.ts';

const words: Readonly<Record<Exclude<UploadFormat, 'auto'>, string>> = {
  csv: 'CSV with a header row',
  ndjson: 'NDJSON',
  xlsx: 'XLSX',
  parquet: 'Parquet',
};

/** What a file may be, in the words of a command's help. */
export const anyFile = (own: Partial<typeof words> = {}): string => anyOf(Object.values({ ...words, ...own }));
