import { afterEach, expect, test } from '@jest/globals';
import { s3CheckedObjects } from '../../functions/adapters/s3/checked-objects.ts';
import { presigningClient, s3Client } from '../../functions/adapters/s3/client.ts';
import { s3IntakeObjects } from '../../functions/adapters/s3/intake-objects.ts';

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

const inside = 'https://bucket.vpce-0abc.s3.cn-north-1.vpce.amazonaws.com.cn';
const at = '2026-12-01T00:00:00.000Z';
const file = { bytes: 3, sha256: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' };

/** What departments are given, by a function with this environment. */
async function urls(more: Readonly<Record<string, string>>) {
  const keys = { AWS_REGION: 'cn-north-1', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' };
  process.env = { ...environment, ...keys, ...more };
  const presigning = presigningClient();
  const intake = s3IntakeObjects(s3Client(), 'intake', presigning);
  const all = [
    (await intake.putUrl('uploads/tax/1', file, at)).url,
    (await intake.partUrl('uploads/tax/1', 'multipart', 1, file, at)).url,
    await s3CheckedObjects(presigning, 'datasets').url('reports/1/1.csv', 60, at),
  ];
  return all.map((url) => new URL(url).host);
}

test('presigned URLs lead to S3’s own host', async () => {
  const s3 = 's3.cn-north-1.amazonaws.com.cn';
  expect(await urls({})).toEqual([`intake.${s3}`, `intake.${s3}`, `datasets.${s3}`]);
});

test('inside a private network presigned URLs lead to the endpoint, whose host has the bucket’s name before it', async () => {
  const endpoint = new URL(inside).host;
  expect(await urls({ HUB_PRESIGNED_ENDPOINT_URL: inside })).toEqual([
    `intake.${endpoint}`,
    `intake.${endpoint}`,
    `datasets.${endpoint}`,
  ]);
});

test('an endpoint that is no URL is a fault at once', async () => {
  await expect(urls({ HUB_PRESIGNED_ENDPOINT_URL: 'vpce-0abc' })).rejects.toThrow(
    /HUB_PRESIGNED_ENDPOINT_URL.*malformed/,
  );
});
