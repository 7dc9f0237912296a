import type { Encoding, UploadFormat, UploadRefusal } from '../../../../schemas/contracts/uploads.ts';
import { openTable } from '../../formats/open-table.ts';
import { RefusedFile } from '../../formats/refused-file.ts';
import type { Reopen } from '../../encoding/encoding-of.ts';
import { headerFault, type InferRefusal } from './header-fault.ts';
import { Profile } from './profile.ts';
import { Records } from './records.ts';

/** A file that can be read again and again, and how. */
export interface Sample {
  readonly open: Reopen;
  readonly encoding: Encoding;
  /** Of a workbook: the sheet with the records; the first if left out. */
  readonly sheet?: string | undefined;
}

export interface Looked {
  readonly format: UploadFormat;
  readonly profiles: readonly Profile[];
  /** Whole records that were looked at. */
  readonly rows: number;
}

/** Looks at every cell of the file, or of its first rows. */
export async function look(sample: Sample, most = Number.POSITIVE_INFINITY): Promise<Looked | InferRefusal> {
  const table = await openTable(sample.open(), { format: 'auto', encoding: sample.encoding, sheet: sample.sheet });
  if ('code' in table) return refused(table);
  const records = new Records(table.csv);
  try {
    const readable = await records.readHeader();
    if (!readable && records.done) return { refusal: 'empty', detail: 'the file is empty' };
    const fault = headerFault(readable ? records.columns : undefined);
    if (fault) return fault;
    const { columns } = records;
    const profiles = columns.map((name) => new Profile(name, columns.length));
    let rows = 0;
    await records.each((cells) => {
      for (let i = 0; i < cells.length; i += 1) profiles[i]?.add(cells[i] ?? '');
      rows += 1;
      return rows < most;
    });
    return rows > 0
      ? { format: table.format, profiles, rows }
      : { refusal: 'empty', detail: emptiness(records.broken) };
  } catch (fault) {
    if (fault instanceof RefusedFile) return refused(fault.refusal);
    throw fault;
  } finally {
    await records.close();
  }
}

const refused = ({ code, detail }: UploadRefusal): InferRefusal => ({ refusal: code, detail });

const emptiness = (broken: number): string =>
  broken > 0
    ? `none of the ${broken} records is whole: quotes out of place, or more or fewer cells than the header`
    : 'no record follows the header';
