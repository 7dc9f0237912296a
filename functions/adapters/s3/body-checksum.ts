import { crc32 } from 'node:zlib';
import type { PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';

interface SignedRequest {
  readonly headers: Record<string, string>;
}

/** The command with the SHA-256 of its body, which is known already: as checksum and for the signature. */
export function withDigest(command: PutObjectCommand, digest: Buffer): PutObjectCommand {
  command.input.ChecksumSHA256 = digest.toString('base64');
  return signedWith(command, digest.toString('hex'));
}

/**
 * The command with the CRC-32 of its body, by which S3 refuses bytes that changed on their way: a third of the time of a
 * SHA-256, which would prove nothing more here. The header is signed, the body is not.
 */
export function withCrc32<Command extends PutObjectCommand | UploadPartCommand>(
  command: Command,
  body: Uint8Array,
): Command {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  command.input.ChecksumCRC32 = checksum.toString('base64');
  return signedWith(command, 'UNSIGNED-PAYLOAD');
}

/**
 * What the signature says of the body. Without it the SDK would read the whole body for it
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, x-amz-content-sha256).
 */
function signedWith<Command extends PutObjectCommand | UploadPartCommand>(command: Command, payload: string): Command {
  (command as PutObjectCommand).middlewareStack.add(
    (next) => (args) => {
      (args.request as SignedRequest).headers['x-amz-content-sha256'] = payload;
      return next(args);
    },
    { step: 'build', name: 'signedPayload' },
  );
  return command;
}
