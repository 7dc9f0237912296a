import { S3Client } from '@aws-sdk/client-s3';
import { optionalEnv } from '../env.ts';
import { patience } from '../patience.ts';

/** The time until S3 answers includes that of the body that it is sent: at most 8 MiB (object-writer.ts), many at once. */
const BODY_MS = 20_000;

/**
 * Checksums are sent where the hub names them: the SDK's own CRC32 would be signed into presigned URLs as that of an
 * empty body (https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html). A body goes with its request:
 * by default the SDK sends `Expect: 100-continue` with bodies of 2 MiB and more, and waits for S3 before each part.
 */
export const s3Client = (): S3Client =>
  new S3Client({ ...checksums, ...patience(BODY_MS), expectContinueHeader: false });

const checksums = {
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
} as const;

/**
 * Only for presigning: its host is the one that departments reach, which the function itself may not
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html).
 */
export function presigningClient(): S3Client {
  const endpoint = optionalEnv('HUB_PRESIGNED_ENDPOINT_URL');
  return endpoint === undefined ? s3Client() : new S3Client({ ...checksums, endpoint });
}
