import { Output, type ByteSink, type Written } from '../../../functions/records/csv/output.ts';
import { ScratchFile } from '../../../functions/records/scratch/scratch-file.ts';
import { rowOn } from '../../node/rows.ts';

/** A row of the edits on the local disk; undefined: there is no row with this key any more. */
type Edit = { readonly at: number; readonly bytes: number } | undefined;

/** The member that an edit has in front; what is left is the line as a snapshot has it. */
const OPERATION = /^\{"_op":"(upsert|delete)",/;

/** Far beyond the longest record. */
const MAX_LINE_BYTES = 16 * 1024 ** 2;

/**
 * Applies delivered edits to a copy, both NDJSON: rows are replaced in their places, new ones stand behind. In memory are
 * the keys of the edits alone. What the sink got is to be thrown away if this throws.
 */
export async function applyToLines(
  copy: AsyncIterable<Uint8Array>,
  edits: AsyncIterable<Uint8Array>,
  key: readonly string[],
  sink: ByteSink,
): Promise<Written> {
  const scratch = new ScratchFile();
  try {
    const changes = await editsIn(edits, key, scratch);
    const output = new Output(sink);
    for await (const line of linesOf(copy)) {
      const at = keyOn(line.toString('utf8'), key);
      if (changes.has(at)) {
        write(output, scratch, changes.get(at));
        changes.delete(at);
      } else put(output, line);
      if (output.full) await output.flush();
    }
    for (const edit of changes.values()) {
      write(output, scratch, edit);
      if (output.full) await output.flush();
    }
    return await output.finish();
  } finally {
    scratch.close();
  }
}

const keyOn = (line: string, key: readonly string[]): string => JSON.stringify(rowOn(line, key));

async function editsIn(
  edits: AsyncIterable<Uint8Array>,
  key: readonly string[],
  scratch: ScratchFile,
): Promise<Map<string, Edit>> {
  const changes = new Map<string, Edit>();
  for await (const line of linesOf(edits)) {
    const text = line.toString('utf8');
    const [front = '', operation] = OPERATION.exec(text) ?? [];
    if (operation === undefined) throw new Error('these are not edits: a line does not say what it does');
    // All of `front` is ASCII.
    const row = Buffer.concat([Buffer.from('{'), line.subarray(front.length)]);
    changes.set(keyOn(text, key), operation === 'upsert' ? { at: scratch.append(row), bytes: row.length } : undefined);
  }
  return changes;
}

function write(output: Output, scratch: ScratchFile, edit: Edit): void {
  if (!edit) return;
  const row = Buffer.alloc(edit.bytes);
  scratch.read(edit.at, row);
  put(output, row);
}

const LF = 0x0a;

function put(output: Output, line: Buffer): void {
  output.append(line, 0, line.length);
  output.byte(LF);
}

async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of input) {
    const bytes = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      yield bytes.subarray(from, end);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > MAX_LINE_BYTES) throw new Error('a line is longer than any record');
  }
  if (rest.length > 0) yield rest;
}
