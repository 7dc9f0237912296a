import * as z from 'zod';
import { AttachmentType } from './definition.ts';
import { Instant, Sha256 } from './ids.ts';

/** What stands in a record in the place of an attachment's name, where the record was given. It leads to it from there alone. */
export const AttachmentReference = z.string().regex(/^[A-Za-z0-9_-]{22}$/, '22 characters of base64url');

/** Of the attachment as it is in force when it is asked for. */
export const AttachmentContent = z.strictObject({
  url: z.url(),
  expiresAt: Instant,
  type: AttachmentType,
  sha256: Sha256,
  bytes: z.int().min(1),
});
export type AttachmentContent = z.infer<typeof AttachmentContent>;
