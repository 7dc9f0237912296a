import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Encoding } from '../../../schemas/contracts/uploads.ts';
import {
  checkSegment,
  KeyJudge,
  mergeSegments,
  type MergeResult,
  readColumns,
  type SegmentResult,
} from '../../../functions/records/index.ts';
import { Collected, inChunks } from '../support.ts';

export interface Settings {
  readonly format?: 'csv' | 'ndjson';
  readonly encoding?: Encoding;
  /** Bytes that come at once. */
  readonly chunk?: number;
}

interface Piece {
  readonly result: Extract<SegmentResult, { verdict: 'checked' }>;
  readonly accepted: string;
  readonly report: Buffer;
  readonly fixes: Buffer;
  readonly keys: Buffer;
}

export interface Together {
  readonly result: MergeResult;
  readonly accepted: string;
  readonly report: string[];
  readonly fixFile: string;
  /** Segments that were checked a second time. */
  readonly again: number;
}

/** What becomes of a file in segments, from the check of each to the whole; or that one of them is refused, or cut. */
export async function inSegments(
  schema: TableSchema,
  pieces: readonly Uint8Array[],
  { format = 'csv', encoding = 'utf-8', chunk = 65_536 }: Settings = {},
): Promise<Together | Exclude<SegmentResult, { verdict: 'checked' }>> {
  const columns = await readColumns(inChunks(pieces[0] ?? Buffer.alloc(0), chunk), { schema, format, encoding });
  if ('code' in columns) return { verdict: 'refused', refusal: columns };
  const one = async (index: number, collisions?: Buffer): Promise<Piece | Exclude<SegmentResult, Piece['result']>> => {
    const [accepted, report, fixes, keys] = [new Collected(), new Collected(), new Collected(), new Collected()];
    const place = { isFirst: index === 0, isLast: index === pieces.length - 1 };
    const result = await checkSegment(
      inChunks(pieces[index] ?? Buffer.alloc(0), chunk),
      { schema, format, encoding, columns, ...place, collisions: collisions && inChunks(collisions, chunk) },
      { accepted, report, fixes, keys },
    );
    if (result.verdict !== 'checked') return result;
    return { result, accepted: accepted.text, report: report.bytes, fixes: fixes.bytes, keys: keys.bytes };
  };

  const checked: Piece[] = [];
  for (const index of pieces.keys()) {
    const piece = await one(index);
    if ('verdict' in piece) return piece;
    checked.push(piece);
  }
  const judge = new KeyJudge(schema, columns);
  let again = 0;
  try {
    for (const [index, { keys }] of checked.entries()) {
      const collisions = new Collected();
      if ((await judge.judge(inChunks(keys, chunk), collisions)) === 0) continue;
      const piece = await one(index, collisions.bytes);
      if ('verdict' in piece) return piece;
      checked[index] = piece;
      again += 1;
    }
  } finally {
    judge.close();
  }
  const [report, fixes] = [new Collected(), new Collected()];
  const result = await mergeSegments(
    checked.map((piece) => ({
      ...piece.result,
      report: () => Promise.resolve(inChunks(piece.report, chunk)),
      fixes: () => Promise.resolve(inChunks(piece.fixes, chunk)),
    })),
    { schema, format, columns },
    { report, fixes },
  );
  const accepted = checked.map((piece) => piece.accepted).join('');
  return { result, accepted, report: report.text.split('\n').slice(1, -1), fixFile: fixes.text, again };
}

/** The pieces of a file that is cut behind some of its line breaks. */
export function cutAtLines(file: Buffer, choices: readonly number[]): Buffer[] {
  const breaks = [...file.keys()].filter((at) => file[at] === 0x0a).map((at) => at + 1);
  const chosen = new Set(breaks.length === 0 ? [] : choices.map((choice) => breaks[choice % breaks.length] ?? 0));
  const places = [0, ...[...chosen].toSorted((a, b) => a - b), file.length];
  return places
    .slice(1)
    .map((end, i) => file.subarray(places[i], end))
    .filter(({ length }) => length > 0);
}
