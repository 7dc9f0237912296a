import { createHash } from 'node:crypto';

import { readBody } from '../../front/body.ts';
import type { Reply } from '../../front/reply.ts';
import { AwsRefusal } from '../../front/refusal.ts';
import { element, elements, tag } from '../../front/xml.ts';
import type { S3Call } from '../call.ts';
import { composite } from '../checksums.ts';
import type { ChecksumName, MultipartUpload, NewObject, Part } from '../model.ts';
import { versionHeader } from '../object-headers.ts';
import { compareBody } from '../small-body.ts';
import { xmlReply } from '../xml-reply.ts';
import { absenceCondition } from './put-object.ts';

/** 10,000 parts of some 250 bytes each. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** S3 User Guide, "Multipart upload limits": every part but the last. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

interface NamedPart {
  readonly number: number;
  readonly eTag: string;
  readonly checksums: Readonly<Partial<Record<ChecksumName, string>>>;
}

export async function completeMultipartUpload(call: S3Call): Promise<Reply> {
  const { bucket, key, store, query, principal } = call;
  const uploadId = query.get('uploadId') ?? '';
  store.uploads.find(bucket, key, uploadId);
  const onlyIfAbsent = absenceCondition(call);
  call.invite();
  const body = await readBody(call.request, MAX_BODY_BYTES);
  compareBody(call, body);
  const named = namedParts(body.toString('utf8'));
  // Looked up again: it may have been completed or aborted while the body arrived.
  const upload = store.uploads.find(bucket, key, uploadId);
  const parts = matched(named, store.uploads.parts(uploadId), upload);
  const object = assembled(call, upload, parts);
  const origin = { reason: 'CompleteMultipartUpload', requester: principal.account, onlyIfAbsent } as const;
  const version = await store.put(object, origin, upload);
  const content = [
    tag('Bucket', bucket) + tag('Key', key) + tag('ETag', `"${object.eTag}"`),
    tag('ChecksumSHA256', object.checksums.sha256) + tag('ChecksumCRC32', object.checksums.crc32),
    tag('ChecksumType', upload.checksum && 'COMPOSITE'),
  ];
  return xmlReply('CompleteMultipartUploadResult', content.join(''), versionHeader(version));
}

function namedParts(xml: string): NamedPart[] {
  const parts = elements(xml, 'Part').map((part) => {
    const [sha256, crc32] = [element(part, 'ChecksumSHA256'), element(part, 'ChecksumCRC32')];
    return {
      number: Number(element(part, 'PartNumber')),
      eTag: (element(part, 'ETag') ?? '').trim().replace(/^"|"$/g, ''),
      checksums: { ...(sha256 ? { sha256 } : {}), ...(crc32 ? { crc32 } : {}) },
    };
  });
  if (parts.length === 0) {
    throw new AwsRefusal(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate');
  }
  if (parts.some(({ number }, index) => index > 0 && !(number > (parts[index - 1]?.number ?? 0)))) {
    throw new AwsRefusal(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
  }
  return parts;
}

function matched(named: readonly NamedPart[], stored: readonly Part[], upload: MultipartUpload): Part[] {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const parts = named.map((claim) => {
    const { checksum } = upload;
    if (checksum && claim.checksums[checksum] === undefined) throw missingChecksum(checksum, claim.number);
    const part = byNumber.get(claim.number);
    if (!part || part.eTag !== claim.eTag || contradicts(claim, part)) throw invalidPart();
    return part;
  });
  if (parts.slice(0, -1).some(({ blob }) => blob.size < MIN_PART_BYTES)) {
    throw new AwsRefusal(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  return parts;
}

const contradicts = (claim: NamedPart, part: Part): boolean =>
  (['sha256', 'crc32'] as const).some(
    (name) => claim.checksums[name] !== undefined && claim.checksums[name] !== part.checksums[name],
  );

function assembled(call: S3Call, upload: MultipartUpload, parts: readonly Part[]): NewObject {
  const { bucket, key, headers, checksum } = upload;
  const md5s = Buffer.concat(parts.map(({ eTag }) => Buffer.from(eTag, 'hex')));
  const eTag = `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`;
  const digests = checksum ? parts.map((part) => part.checksums[checksum] ?? '') : [];
  const checksums = checksum ? { [checksum]: composite(checksum, digests) } : {};
  compareWhole(call, checksum, checksum && checksums[checksum], parts);
  return { bucket, key, eTag, headers, checksums, blobs: parts.map(({ blob }) => blob) };
}

function compareWhole(
  { header }: S3Call,
  name: ChecksumName | undefined,
  actual: string | undefined,
  parts: readonly Part[],
): void {
  const stated = name && header(`x-amz-checksum-${name}`);
  // Without its suffix, the number of parts, a composite checksum is accepted as well.
  if (stated !== undefined && stated !== actual && stated !== actual?.split('-')[0]) {
    throw new AwsRefusal(
      400,
      'BadDigest',
      `The ${name?.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  }
  const size = parts.reduce((sum, { blob }) => sum + blob.size, 0);
  const statedSize = header('x-amz-mp-object-size');
  if (statedSize !== undefined && Number(statedSize) !== size) {
    throw new AwsRefusal(
      400,
      'InvalidRequest',
      'The provided x-amz-mp-object-size does not match the size of the parts.',
    );
  }
}

const missingChecksum = (checksum: ChecksumName, number: number): AwsRefusal =>
  new AwsRefusal(
    400,
    'InvalidRequest',
    `The upload was created using a ${checksum} checksum. The complete request must include the checksum for each part. ` +
      `It was missing for part ${number} in the request.`,
  );

const invalidPart = (): AwsRefusal =>
  new AwsRefusal(
    400,
    'InvalidPart',
    'One or more of the specified parts could not be found. The part may not have been uploaded, ' +
      "or the specified entity tag may not match the part's entity tag.",
  );
