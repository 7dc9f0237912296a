import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { folder, rejections } from './vega-datasets.ts';

test('three million flights in Parquet, checked against the declared schema', async () => {
  const file = createReadStream(join(folder, 'data/flights-3m.parquet'));
  expect(await rejections('flights_3m', 'parquet', file)).toEqual([]);
});
