import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { AwsRefusal } from '../front/refusal.ts';
import type { S3Call } from './call.ts';
import type { ChecksumName, Checksums } from './model.ts';

/** Lengths in bytes of the checksums that are verified. */
const LENGTHS: Readonly<Record<ChecksumName, number>> = { sha256: 32, crc32: 4 };

const VERIFIED = Object.keys(LENGTHS) as ChecksumName[];

/** Which of a request's checksums the store verifies; S3's others are accepted, and not told again. */
export function statedChecksums(header: S3Call['header']): Checksums {
  const stated: Partial<Record<ChecksumName, string>> = {};
  for (const name of VERIFIED) {
    const value = header(`x-amz-checksum-${name}`);
    if (value !== undefined) stated[name] = wellFormed(name, value);
  }
  return stated;
}

/** @returns the value; @throws AwsRefusal InvalidRequest where it cannot be a digest of that kind. */
export function wellFormed(name: ChecksumName, value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === LENGTHS[name] && bytes.toString('base64') === value) return value;
  throw new AwsRefusal(400, 'InvalidRequest', `Value for x-amz-checksum-${name} header is invalid.`);
}

export function compareChecksums(stated: Checksums, actual: Checksums): void {
  for (const name of VERIFIED) {
    if (stated[name] === undefined || stated[name] === actual[name]) continue;
    const message = `The ${name.toUpperCase()} you specified did not match the calculated checksum.`;
    throw new AwsRefusal(400, 'BadDigest', message);
  }
}

/** S3 User Guide, "Checking object integrity": the checksum of the parts' checksums, `-`, the number of parts. */
export function composite(name: ChecksumName, parts: readonly string[]): string {
  const all = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
  const digest = name === 'sha256' ? createHash('sha256').update(all).digest('base64') : crc32Base64(crc32(all));
  return `${digest}-${parts.length}`;
}

export function crc32Base64(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
}
