import type { S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../../kernel/fault.ts';
import type { Rows } from '../../lookup/ports.ts';
import { readRange } from '../s3/object-ranges.ts';
import { sortedRows } from './sorted-rows.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const GONE: ReadonlySet<string> = new Set(['NoSuchKey', 'NoSuchVersion']);

/** Rows of representations, by their key. */
export function s3Rows(client: S3Client, bucket: string): Rows {
  const files = sortedRows(readRange(client, bucket));
  return {
    async find({ object, rows, tail }, key, columns) {
      if (!tail) throw new Fault('a representation was written without a seal');
      const { versionId, bytes } = object;
      try {
        return await files.find({ key: object.key, versionId, bytes, rows, tail }, key, columns);
      } catch (error) {
        if (error instanceof Error && GONE.has(error.name)) return undefined;
        throw error;
      }
    },
  };
}
