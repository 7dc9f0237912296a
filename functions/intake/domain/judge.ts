import type { RowCounts, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import type { Written } from '../../datasets/next-version.ts';
import { type CheckResult, tooManyRejections } from '../../records/index.ts';

/** As much of a check, of a file or of its segments, as the verdict depends on. */
export type Checked = Pick<
  Extract<CheckResult, { verdict: 'checked' }>,
  'verdict' | 'rows' | 'violations' | 'reported' | 'fixable' | 'columns' | 'dataset' | 'datasetRows' | 'input'
>;

export interface Findings {
  readonly rows?: RowCounts;
  readonly violations?: readonly ViolationCount[];
  /** Rows of the rejection report; none, no report. */
  readonly reported: number;
  /** Records of the fix-file; none, no fix-file. */
  readonly fixable: number;
  /** SHA-256 of the bytes that were read, where all of them were. */
  readonly file?: string;
}

export type Judged =
  | ({
      readonly accepted: true;
      /** With the records of the base that they were merged into, or join. */
      readonly dataset: Omit<Written, 'objects'>;
      readonly file: string;
      readonly rows: RowCounts;
      readonly violations: readonly ViolationCount[];
    } & Findings)
  | ({ readonly accepted: false; readonly refusal: UploadRefusal } & Findings);

type Declared = Pick<StoredUpload, 'uploadId' | 'bytes' | 'sha256' | 'fixes'>;

/**
 * What becomes of an upload whose records were checked. Bytes other than the declared ones come first: what was found
 * in them says nothing about the file that the provider meant to send. (A file whose header was refused was not read
 * to its end, so its digest is not known.)
 *
 * @param tolerance share of rejected records, 0 to 1, above which the whole upload is refused; of mended records any
 * share is tolerated, as long as one is accepted
 */
export function judge(
  declared: Declared,
  result: Checked | Extract<CheckResult, { verdict: 'refused' }>,
  tolerance: number,
): Judged {
  const refused = (refusal: UploadRefusal, findings: Findings = { reported: 0, fixable: 0 }): Judged => ({
    accepted: false,
    refusal,
    ...findings,
  });
  if (result.verdict === 'refused') return refused(result.refusal);
  const { rows, violations, reported, fixable, columns, dataset, datasetRows, input } = result;
  const other = otherBytes(declared, input);
  if (other) return refused(other, { reported: 0, fixable: 0, file: input.sha256 });
  if (rows.read === 0)
    return refused(
      { code: 'empty', detail: 'The file has a header and no record after it.' },
      { rows, reported: 0, fixable: 0, file: input.sha256 },
    );
  const findings = { rows, violations, reported, fixable, file: input.sha256 };
  const tooMany = tooManyRejections(rows, tolerance, declared.fixes !== undefined);
  if (tooMany) return refused({ ...tooMany, detail: `${tooMany.detail} ${whereToLook(declared)}` }, findings);
  return { accepted: true, dataset: { columns, rows: datasetRows, ...dataset }, ...findings };
}

export function otherBytes(
  declared: Pick<Declared, 'bytes' | 'sha256'>,
  found: { readonly bytes: number; readonly sha256?: string },
): UploadRefusal | undefined {
  if (found.bytes !== declared.bytes) {
    return {
      code: 'length-mismatch',
      detail: `${declared.bytes} bytes were announced and ${found.bytes} arrived. Announce the file as it is and send it again.`,
    };
  }
  if (found.sha256 !== undefined && found.sha256 !== declared.sha256) {
    return {
      code: 'digest-mismatch',
      detail: 'The SHA-256 of what arrived is not the announced one. Announce the file as it is and send it again.',
    };
  }
  return undefined;
}

const whereToLook = ({ uploadId, fixes }: Declared): string =>
  fixes === undefined
    ? `GET /v1/uploads/${uploadId} gives the URL of the report that names line, field and rule.`
    : `GET /v1/uploads/${uploadId} gives the URLs of the report and of a new fix-file: mend that and announce it with "fixes": "${fixes}".`;
