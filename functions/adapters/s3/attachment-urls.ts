import type { S3Client } from '@aws-sdk/client-s3';
import type { AttachmentType } from '../../../schemas/contracts/definition.ts';
import type { AttachmentPorts } from '../../datasets/attachments/in-force.ts';
import { presignGet } from './presign.ts';

const MEDIA_TYPES: Readonly<Record<AttachmentType, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

/**
 * URLs of attachments in the datasets bucket, of the very version that is in force. A browser is told what it is and to save
 * it: whatever else the bytes may be, it runs none of it.
 */
export const s3AttachmentUrls = (client: S3Client, bucket: string): AttachmentPorts['attachmentObjects'] => ({
  url: ({ object, type }, seconds, at) =>
    presignGet(
      client,
      { bucket, ...object, mediaType: MEDIA_TYPES[type], filename: `attachment.${type}` },
      seconds,
      at,
    ),
});
