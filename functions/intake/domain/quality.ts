import type { FieldQuality, Quality } from '../../../schemas/contracts/quality.ts';
import type { UploadIn } from '../../../schemas/stored/uploads.ts';
import { driftOf } from '../../records/index.ts';

interface Made {
  readonly at: string;
  /** Of the dataset that it made, or would make once confirmed. */
  readonly datasetRows?: number | undefined;
  /** Of the one in force before; undefined where there was none. */
  readonly previousRows?: number | undefined;
}

/** What a verdict says of an upload's records; nothing of one that was never read. */
export function qualityOf(upload: UploadIn<'accepted' | 'held'>, made: Made): Quality;
export function qualityOf(upload: UploadIn<'refused'>, made: Made): Quality | undefined;
export function qualityOf(
  upload: UploadIn<'accepted' | 'held' | 'refused'>,
  { at, datasetRows, previousRows }: Made,
): Quality | undefined {
  const { resourceId, uploadId, sequence, resourceVersion, content, state, rows, held } = upload;
  if (!rows) return undefined;
  const drift = datasetRows === undefined ? undefined : driftOf(datasetRows, previousRows);
  return {
    resourceId,
    uploadId,
    sequence,
    resourceVersion,
    content,
    state,
    at,
    rows,
    violations: upload.violations ?? [],
    ...(upload.state === 'accepted' && { datasetVersion: upload.datasetVersion }),
    ...(datasetRows !== undefined && { datasetRows }),
    ...(drift !== undefined && { drift }),
    ...(held && { held }),
  };
}

/** An item has at most 400 KB, and up to 200 KB of it are the counts by field and rule. */
const FIELDS_BYTES = 150_000;
/** A number may have as many digits as a record has room for. */
const VALUE_CHARACTERS = 200;

/** The columns as far as they can be stored; values that are too long to be looked at are left out. */
export function storableFields(fields: readonly FieldQuality[]): FieldQuality[] {
  let bytes = 0;
  return fields
    .map(({ minimum, maximum, ...field }) => ({
      ...field,
      ...(isShort(minimum) && { minimum }),
      ...(isShort(maximum) && { maximum }),
    }))
    .filter((field) => (bytes += Buffer.byteLength(JSON.stringify(field)) + 20) <= FIELDS_BYTES);
}

const isShort = (value: string | undefined): value is string => value !== undefined && value.length <= VALUE_CHARACTERS;
