import { createHash } from 'node:crypto';
import type { PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';

export const sha256Of = (body: Uint8Array): Buffer => createHash('sha256').update(body).digest();

interface SignedRequest {
  readonly headers: Record<string, string>;
}

/**
 * The command with the SHA-256 of its body, once as checksum and once for the signature, for which the SDK would read the
 * whole body again (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, x-amz-content-sha256).
 */
export function withDigest<Command extends PutObjectCommand | UploadPartCommand>(
  command: Command,
  digest: Buffer,
): Command {
  command.input.ChecksumSHA256 = digest.toString('base64');
  (command as PutObjectCommand).middlewareStack.add(
    (next) => (args) => {
      (args.request as SignedRequest).headers['x-amz-content-sha256'] = digest.toString('hex');
      return next(args);
    },
    { step: 'build', name: 'knownDigest' },
  );
  return command;
}
