import { createHash } from 'node:crypto';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { RowCounts, UploadRefusal, ViolationCount } from '../../../schemas/contracts/uploads.ts';
import type { UploadIn, WholeUpload } from '../../../schemas/stored/uploads.ts';
import { digestsOf } from '../../datasets/attachments/references.ts';
import { each, raise } from '../../kernel/each.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Lease } from '../../kernel/hold-lease.ts';
import {
  attachmentField,
  AttachmentReport,
  readAttachments,
  RefusedFile,
  ScratchFile,
  tooManyRejections,
} from '../../records/index.ts';
import { finish, whileLeased, type StoredObject } from '../check/inspect.ts';
import { otherBytes } from '../domain/judge.ts';
import { reportKey } from '../domain/places.ts';
import type { Intake } from '../ports.ts';
import { keepAttachment } from './keep-attachment.ts';

export type AttachmentPorts = Pick<Intake, 'objects' | 'checked' | 'attachments' | 'attachmentMacs'>;

/** Attachments of which those that are good are written; they are in force once that is said of their upload. */
export interface TakenAttachments {
  readonly rows: RowCounts;
  readonly violations: readonly ViolationCount[];
  readonly report?: StoredObject | undefined;
  /** SHA-256 of the file. */
  readonly file: string;
}

export type AttachmentFindings =
  | TakenAttachments
  /** Of the others as much as was found. */
  | (Partial<TakenAttachments> & { readonly refusal: UploadRefusal });

type Upload = UploadIn<'checking', WholeUpload>;

/** Pictures on their way to the store; each is in memory. */
const AT_ONCE = 8;

/**
 * Brings the file to the local disk and goes through its attachments one by one.
 * @throws LeaseLost where another attempt took over, and any fault of reading or writing
 */
export async function inspectAttachments(
  ports: AttachmentPorts,
  upload: Upload,
  version: ResourceVersion,
  lease: Lease,
): Promise<AttachmentFindings> {
  const other = otherBytes(upload, { bytes: upload.object.bytes });
  if (other) return { refusal: other };
  const file = new ScratchFile();
  try {
    const sha256 = await spool(ports, upload, file, lease);
    const otherFile = otherBytes(upload, { bytes: file.size, sha256 });
    if (otherFile) return { refusal: otherFile, file: sha256 };
    return await readAll(ports, upload, version, { file, sha256, lease });
  } finally {
    file.close();
  }
}

async function spool({ objects }: AttachmentPorts, { key, object }: Upload, file: ScratchFile, lease: Lease) {
  const hash = createHash('sha256');
  for await (const chunk of whileLeased(await objects.read(key, object.versionId), lease)) {
    hash.update(chunk);
    file.append(chunk);
  }
  return hash.digest('base64');
}

async function readAll(
  ports: AttachmentPorts,
  upload: Upload,
  { definition: { schema, tolerance } }: ResourceVersion,
  { file, sha256, lease }: { readonly file: ScratchFile; readonly sha256: string; readonly lease: Lease },
): Promise<AttachmentFindings> {
  const field = attachmentField(schema);
  if (!field) throw new Fault(`resource ${upload.resourceId} has no attachments`);
  const digestOf = await digestsOf(ports.attachmentMacs, upload.resourceId);
  const writer = ports.checked.open(reportKey(upload));
  const report = new AttachmentReport(writer, schema);
  const rows = { read: 0, accepted: 0, rejected: 0 };
  const { encoding, name } = upload;
  try {
    const faults = await each(readAttachments(file, { field, encoding, name }), AT_ONCE, async (read) => {
      lease.mustHold();
      rows.read += 1;
      rows['rule' in read ? 'rejected' : 'accepted'] += 1;
      if ('rule' in read) report.add(read.place, read.rule, read.name);
      else await keepAttachment(ports, upload, digestOf(read.name), read.picture);
    });
    const refused = faults.find((fault) => fault instanceof RefusedFile);
    if (refused) {
      await writer.abort();
      return { refusal: refused.refusal, file: sha256 };
    }
    lease.mustHold();
    raise(`keeping attachments of upload ${upload.uploadId}`, faults);
    const { violations, reported } = await report.finish();
    const kept = await finish(writer, reportKey(upload), reported > 0);
    const found = { rows, violations, report: kept, file: sha256 };
    const refusal = tooManyRejections(rows, tolerance);
    return refusal ? { ...found, refusal } : found;
  } catch (fault) {
    await writer.abort();
    throw fault;
  }
}
