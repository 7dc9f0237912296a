import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { ExtractSpec } from '../../schemas/contracts/messages.ts';
import { checkRecords, noDigest } from '../../functions/records/index.ts';
import { aSchema, Collected, inChunks } from './support.ts';

const schema = aSchema({
  primaryKey: 'code',
  fields: [
    { name: 'code', type: 'integer' },
    { name: 'name', type: 'string' },
  ],
});
const extract: ExtractSpec = { fields: ['name'], filter: [], mask: {}, format: 'csv' };

const UPLOAD = { content: 'code,name\n1,甲\nx,乙\n2,丙\n', changes: false };
const EDITS = { content: '_op,code,name\nupsert,1,甲\nupsert,x,乙\nupsert,2,丙\n', changes: true };

const sinks = () => ({ accepted: new Collected(), report: new Collected(), fixes: new Collected() });
const textsOf = ({ accepted, report, fixes }: ReturnType<typeof sinks>, extracted: Collected) =>
  [accepted, report, fixes, extracted].map(({ text }) => text);
const sha256Of = ({ bytes }: Collected) => createHash('sha256').update(bytes).digest('base64');
const inputOf = (content: string) => inChunks(Buffer.from(content));

test.each([
  ['an upload', UPLOAD],
  ['edits', EDITS],
])('without digests %s gives the same bytes, and no digest but the input’s', async (_, { content, changes }) => {
  const options = { schema, format: 'csv', encoding: 'utf-8', changes } as const;
  const [usual, bare] = [sinks(), sinks()];
  const [usualExtract, bareExtract] = [new Collected(), new Collected()];
  const digested = await checkRecords(inputOf(content), options, {
    ...usual,
    extracts: [{ spec: extract, sink: usualExtract }],
  });
  const undigested = await checkRecords(inputOf(content), options, {
    ...bare,
    extracts: [{ spec: extract, sink: bareExtract }],
    digester: noDigest,
  });
  if (digested.verdict === 'refused' || undigested.verdict === 'refused') throw new Error('it was refused');

  expect(textsOf(bare, bareExtract)).toEqual(textsOf(usual, usualExtract));
  expect(bareExtract.text).toBe('name\n甲\n丙\n');
  expect(digested.dataset).toStrictEqual({ bytes: usual.accepted.bytes.length, sha256: sha256Of(usual.accepted) });
  expect(digested.extracts).toStrictEqual([
    { ok: true, rows: 2, bytes: usualExtract.bytes.length, sha256: sha256Of(usualExtract) },
  ]);
  expect(undigested).toStrictEqual({
    ...digested,
    dataset: { bytes: bare.accepted.bytes.length },
    extracts: [{ ok: true, rows: 2, bytes: bareExtract.bytes.length }],
  });
  // @ts-expect-error nor can one be read by mistake
  expect(undigested.dataset.sha256).toBeUndefined();
});
