import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { padded } from '../../functions/adapters/dynamodb/table/keys.ts';
import { writeRepresentation } from '../../functions/adapters/duckdb/representation-file.ts';
import type { Item } from '../../functions/adapters/dynamodb/table/reads.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { RepresentationIn } from '../../schemas/stored/datasets.ts';
import { instant, resource } from '../support/builders.ts';

export type Rows = readonly Readonly<Record<string, string | null>>[];

/** As it stands in the table. */
export const representationItem = (representation: RepresentationIn<'made'>): Item => ({
  ...representation,
  pk: `RESOURCE#${representation.resourceId}`,
  sk: `REPRESENTATION#${padded(representation.datasetVersion)}`,
  kind: 'representation',
});

/** Writes rows as a dataset's representation into a bucket. */
export async function putRepresentation(
  s3: S3Client,
  bucket: string,
  schema: TableSchema,
  rows: Rows,
  datasetVersion: number,
): Promise<RepresentationIn<'made'>> {
  const folder = await mkdtemp(join(tmpdir(), 'representation-'));
  try {
    const columns = schema.fields.map(({ name }) => name);
    const csv = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))].map(
      (line) => `${line.join(',')}\n`,
    );
    const options = { folder, memoryMb: 128, spillMb: 128, threads: 1 };
    const { path, ...file } = await writeRepresentation(chunked(csv.join('')), { schema, columns }, options);
    const bytes = await readFile(path);
    const key = `datasets/legal-entities/${datasetVersion}.parquet`;
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
    const sha256 = createHash('sha256').update(bytes).digest('base64');
    return {
      resourceId: resource('legal-entities'),
      datasetVersion,
      form: 'parquet',
      epoch: 1,
      state: 'made',
      ...file,
      columns: [...file.columns],
      keyFields: [...(file.keyFields ?? [])],
      object: { key, versionId: VersionId!, bytes: bytes.length, sha256 },
      madeAt: instant,
      holds: 0,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function* chunked(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
