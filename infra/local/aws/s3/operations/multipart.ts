import type { Reply } from '../../front/reply.ts';
import { AwsRefusal } from '../../front/refusal.ts';
import { tag } from '../../front/xml.ts';
import type { S3Call } from '../call.ts';
import type { ChecksumName, MultipartUpload } from '../model.ts';
import { checksumHeaders, storedHeaders } from '../object-headers.ts';
import { receive } from '../receive.ts';
import { timestamp, xmlReply } from '../xml-reply.ts';

const MAX_PART_NUMBER = 10_000;
const MAX_PARTS_LISTED = 1000;

export function createMultipartUpload(call: S3Call): Reply {
  const { bucket, key, store, request, header } = call;
  store.bucket(bucket);
  const { checksum, told } = checksumOf(header);
  const headers = storedHeaders(request, header);
  const upload = store.uploads.begin({ bucket, key, headers, checksum, initiatedAt: store.clock().getTime() });
  const content = tag('Bucket', bucket) + tag('Key', key) + tag('UploadId', upload.uploadId);
  return xmlReply('InitiateMultipartUploadResult', content, told);
}

/** S3 User Guide, "Checking object integrity": SHA-256 of a multipart upload is always composite. */
function checksumOf(header: S3Call['header']): { checksum: ChecksumName | undefined; told: Record<string, string> } {
  const algorithm = header('x-amz-checksum-algorithm')?.toUpperCase();
  const type = header('x-amz-checksum-type')?.toUpperCase();
  if (algorithm === 'SHA256' && type === 'FULL_OBJECT') {
    const message = 'The FULL_OBJECT checksum type cannot be used with the sha256 checksum algorithm.';
    throw new AwsRefusal(400, 'InvalidRequest', message);
  }
  const verifiable = algorithm === 'SHA256' || (algorithm === 'CRC32' && type !== 'FULL_OBJECT');
  if (!verifiable) return { checksum: undefined, told: {} };
  const checksum = algorithm === 'SHA256' ? 'sha256' : 'crc32';
  return { checksum, told: { 'x-amz-checksum-algorithm': algorithm, 'x-amz-checksum-type': 'COMPOSITE' } };
}

export async function uploadPart(call: S3Call): Promise<Reply> {
  const { bucket, key, store, query } = call;
  const number = partNumber(query.get('partNumber'));
  const upload = store.uploads.find(bucket, key, query.get('uploadId') ?? '');
  requireChecksum(call, upload);
  const { blob, eTag, checksums } = await receive(call);
  const part = { number, eTag, checksums, blob, modifiedAt: store.clock().getTime() };
  await store
    .changeUploads(() => {
      store.uploads.find(bucket, key, upload.uploadId);
      return store.uploads.putPart(upload.uploadId, part);
    })
    .catch(async (error: unknown) => {
      await store.blobs.remove([blob]);
      throw error;
    });
  const { 'x-amz-checksum-type': _, ...told } = checksumHeaders({ checksums });
  return { status: 200, headers: { etag: `"${eTag}"`, ...told } };
}

function requireChecksum({ header }: S3Call, { checksum }: MultipartUpload): void {
  if (checksum === undefined) return;
  const name = `x-amz-checksum-${checksum}`;
  if (header(name) !== undefined || header('x-amz-trailer')?.trim().toLowerCase() === name) return;
  const message = `Checksum Type mismatch occurred, expected checksum Type: ${checksum}, actual checksum Type: null`;
  throw new AwsRefusal(400, 'InvalidRequest', message);
}

function partNumber(text: string | undefined): number {
  const number = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  if (number >= 1 && number <= MAX_PART_NUMBER) return number;
  throw new AwsRefusal(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
}

export function listParts({ bucket, key, store, query }: S3Call): Reply {
  const upload = store.uploads.find(bucket, key, query.get('uploadId') ?? '');
  const marker = wholeNumber(query.get('part-number-marker'), 0);
  const limit = Math.min(wholeNumber(query.get('max-parts'), MAX_PARTS_LISTED), MAX_PARTS_LISTED);
  const found = store.uploads.parts(upload.uploadId, marker, limit + 1);
  const listed = found.slice(0, limit);
  return xmlReply(
    'ListPartsResult',
    [
      tag('Bucket', bucket) + tag('Key', key) + tag('UploadId', upload.uploadId),
      tag('PartNumberMarker', marker),
      tag('NextPartNumberMarker', listed.at(-1)?.number ?? marker),
      tag('MaxParts', limit) + tag('IsTruncated', found.length > limit),
      tag('StorageClass', 'STANDARD'),
      tag('ChecksumAlgorithm', upload.checksum?.toUpperCase()),
      tag('ChecksumType', upload.checksum && 'COMPOSITE'),
      ...listed.map(
        (part) =>
          `<Part>${tag('PartNumber', part.number)}${tag('LastModified', timestamp(part.modifiedAt))}` +
          `${tag('ETag', `"${part.eTag}"`)}${tag('Size', part.blob.size)}` +
          `${tag('ChecksumSHA256', part.checksums.sha256)}${tag('ChecksumCRC32', part.checksums.crc32)}</Part>`,
      ),
    ].join(''),
  );
}

function wholeNumber(text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AwsRefusal(400, 'InvalidArgument', 'A paging parameter must be a whole number.');
}

export async function abortMultipartUpload({ bucket, key, store, query }: S3Call): Promise<Reply> {
  const { uploadId } = store.uploads.find(bucket, key, query.get('uploadId') ?? '');
  await store.changeUploads(() => {
    const left = store.uploads.parts(uploadId).map(({ blob }) => blob);
    store.uploads.end(uploadId);
    return left;
  });
  return { status: 204, headers: {} };
}

export function listMultipartUploads({ bucket, store, query }: S3Call): Reply {
  store.bucket(bucket);
  const prefix = query.get('prefix') ?? '';
  const uploads = store.uploads.of(bucket).filter(({ key }) => key.startsWith(prefix));
  const head = tag('Bucket', bucket) + tag('Prefix', prefix) + tag('IsTruncated', false);
  const list = uploads.map(
    ({ key, uploadId, initiatedAt }) =>
      `<Upload>${tag('Key', key)}${tag('UploadId', uploadId)}${tag('Initiated', timestamp(initiatedAt))}</Upload>`,
  );
  return xmlReply('ListMultipartUploadsResult', head + list.join(''));
}
