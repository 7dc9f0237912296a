import { formsByName } from '../../../functions/records/formats/forms-by-name.ts';
import { FileBytes } from '../../../functions/records/formats/parquet/file-bytes.ts';
import { parquetRecords } from '../../../functions/records/formats/parquet/records.ts';
import { ScratchFile } from '../../../functions/records/scratch/scratch-file.ts';
import { columns } from '../support.ts';

/** A Parquet file as CSV, without the thread that decodes it, which takes longer than a small file. */
export function parquetCsv(content: Buffer): string {
  const file = new ScratchFile();
  try {
    file.append(content);
    let text = '';
    for (const chunk of parquetRecords(new FileBytes(file.descriptor, file.size), formsByName(columns('a', 'b'))))
      text += Buffer.from(chunk).toString();
    return text;
  } finally {
    file.close();
  }
}
