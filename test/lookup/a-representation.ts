import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { padded } from '../../functions/adapters/dynamodb/table/keys.ts';
import type { Item } from '../../functions/adapters/dynamodb/table/reads.ts';
import { openDatabase } from '../../functions/adapters/duckdb/database.ts';
import { sealFile } from '../../functions/adapters/parquet/seal-file.ts';
import { orderedKey, orderedText } from '../../functions/records/index.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { Representation } from '../../schemas/stored/datasets.ts';
import { instant, resource } from '../support/builders.ts';

export type Rows = readonly Readonly<Record<string, string | null>>[];

/** As it stands in the table. */
export const representationItem = (representation: Representation): Item => ({
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
): Promise<Representation> {
  const folder = await mkdtemp(join(tmpdir(), 'representation-'));
  try {
    const [path, json] = [join(folder, 'rows.parquet'), join(folder, 'rows.json')];
    const names = schema.fields.map(({ name }) => name);
    const keyFields = schema.primaryKey ?? [];
    const keyOf = (row: Rows[number]): string =>
      orderedKey(
        keyFields.map(
          (name) => orderedText(schema.fields.find((field) => field.name === name)!)(row[name] ?? '') ?? '',
        ),
      );
    const lines = rows.map((row, n) =>
      JSON.stringify({
        k: keyOf(row),
        n: n + 1,
        ...Object.fromEntries(names.map((name, i) => [`t${i}`, row[name] ?? null])),
      }),
    );
    await writeFile(json, lines.join('\n'));
    const columns = ["k: 'VARCHAR'", "n: 'BIGINT'", ...names.map((_, i) => `t${i}: 'VARCHAR'`)].join(', ');
    const database = await openDatabase({ folder, memoryMb: 128, spillMb: 128, threads: 1 });
    await database.run(
      `COPY (SELECT * FROM read_json('${json}', columns = {${columns}}) ORDER BY k, n) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`,
    );
    database.close();
    const tail = await sealFile(path);
    const bytes = await readFile(path);
    const key = `datasets/legal-entities/${datasetVersion}.parquet`;
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
    return {
      resourceId: resource('legal-entities'),
      datasetVersion,
      form: 'parquet',
      state: 'made',
      columns: names.map((field, i) => ({ field, text: `t${i}` })),
      keyFields,
      rows: rows.length,
      values: 'not looked at',
      object: {
        key,
        versionId: VersionId!,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('base64'),
      },
      tail,
      madeAt: instant,
      holds: 0,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
