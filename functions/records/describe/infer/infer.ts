import { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { Encoding, RowCounts, UploadFormat, ViolationCount } from '../../../../schemas/contracts/uploads.ts';
import type { Described, Entry, Note } from '../draft.ts';
import { settled } from '../settle.ts';
import { encodingOf, type Reopen } from '../../encoding/encoding-of.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { headerNotes, type InferRefusal } from './header-fault.ts';
import { look, type Sample } from './look.ts';
import { proposed } from './propose.ts';
import { proven } from './prove.ts';

export interface InferOptions {
  /** Records that are looked at; all, if left out. All are checked in any case. */
  readonly rows?: number | undefined;
  readonly entry?: Entry | undefined;
  /** Of a workbook: the sheet with the records; the first if left out. */
  readonly sheet?: string | undefined;
  /** What is being done, whenever that changes: the file is read several times. */
  readonly onPass?: (pass: 'encoding' | 'look' | 'check') => void;
}

export interface Inference extends Described {
  readonly format: UploadFormat;
  /** Of text. */
  readonly encoding: Encoding;
  /** A line for each column, in their order. */
  readonly evidence: readonly Evidence[];
  /** Records that were looked at. */
  readonly looked: number;
  /** What the check of the whole file against the definition says. */
  readonly rows: RowCounts;
  /** What no definition can accept: broken quotes, other numbers of cells, bytes that are no text. */
  readonly residue: readonly ViolationCount[];
}

export type InferOutcome = Inference | InferRefusal;

/**
 * Proposes a definition for a file of any format that can be uploaded; of text in UTF-8 or GB18030, which is found out.
 * The definition can be published once its catalog entry is complete, and the file passes it: rules that a record breaks
 * are left out again, with a note, so that only records whose structure is broken are rejected. Its own memory does not
 * grow with the file.
 * @throws what the input throws.
 */
export async function inferDefinition(open: Reopen, options: InferOptions = {}): Promise<InferOutcome> {
  const { entry = {}, onPass } = options;
  onPass?.('encoding');
  const sample: Sample = { open, encoding: await encodingOf(open), sheet: options.sheet };
  onPass?.('look');
  const looked = await look(sample, options.rows);
  if ('refusal' in looked) return looked;
  const notes: Note[] = headerNotes(looked.profiles.map(({ name }) => name));
  const fields = looked.profiles.map((profile, i) => proposed(profile, `/schema/fields/${i}`, notes));
  const first = settled(TableSchema.parse({ fields }), entry, notes);
  onPass?.('check');
  const { schema, rows, residue, notes: after } = await proven(sample, first.definition.schema, looked);
  const described = settled(schema, entry, [...first.notes, ...after]);
  return {
    ...described,
    format: looked.format,
    encoding: sample.encoding,
    evidence: looked.profiles.map((profile, i) => evidenceOf(profile, schema.fields[i], looked.rows)),
    looked: looked.rows,
    rows,
    residue,
  };
}
