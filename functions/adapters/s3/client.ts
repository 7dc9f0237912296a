import { S3Client } from '@aws-sdk/client-s3';

/**
 * Checksums are sent where the hub names them: the SDK's own CRC32 would be signed into presigned URLs as that of an
 * empty body (https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html).
 */
export const s3Client = (): S3Client =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });
