import { GetObjectCommand, type PutObjectCommand, type S3Client, type UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { PresignedPut } from '../../../schemas/contracts/uploads.ts';

/** Announced uploads and their parts can be sent for an hour; fresh part URLs are given on request. */
const PUT_SECONDS = 3600;

/**
 * A URL that takes exactly the declared bytes: length and SHA-256 are signed as headers. S3 ignores a checksum that
 * was moved into the query, where presigners put it by default, so it is named as one that must not be.
 */
export async function presignPut(
  client: S3Client,
  command: PutObjectCommand | UploadPartCommand,
  at: string,
): Promise<PresignedPut> {
  const { ContentLength, ChecksumSHA256 } = command.input;
  const headers = { 'content-length': String(ContentLength), 'x-amz-checksum-sha256': ChecksumSHA256 ?? '' };
  const url = await getSignedUrl(client, command as PutObjectCommand, {
    expiresIn: PUT_SECONDS,
    signingDate: new Date(at),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    signableHeaders: new Set(['host', ...Object.keys(headers)]),
  });
  return { url, headers };
}

/** A URL that reads one object for some seconds from `at`; `versionId` pins the version, `filename` is what a browser saves, `mediaType` what it is told of it. */
export const presignGet = (
  client: S3Client,
  {
    bucket,
    key,
    versionId,
    filename,
    mediaType,
  }: {
    readonly bucket: string;
    readonly key: string;
    readonly versionId?: string;
    readonly filename?: string;
    readonly mediaType?: string;
  },
  seconds: number,
  at: string,
): Promise<string> => {
  const disposition =
    filename === undefined ? {} : { ResponseContentDisposition: `attachment; filename="${filename}"` };
  return getSignedUrl(
    client,
    new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      VersionId: versionId,
      ...disposition,
      ...(mediaType !== undefined && { ResponseContentType: mediaType }),
    }),
    {
      expiresIn: seconds,
      signingDate: new Date(at),
    },
  );
};
