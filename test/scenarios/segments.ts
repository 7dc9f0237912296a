import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { putFile } from '../../clients/node/file.ts';
import { verdict } from '../../clients/node/steward.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { aDefinition } from '../support/builders.ts';
import type { Place } from '../support/place.ts';
import { problemOf } from '../support/refusal.ts';
import { step } from '../support/step.ts';

const definition = aDefinition({
  provider: 'quality',
  tolerance: 0.5,
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'string', constraints: { required: true } },
      { name: 'amount', type: 'integer' },
      { name: 'phone', type: 'string', sensitivity: 'personal', constraints: { unique: true } },
    ],
  },
} as never);

/** Wrong amounts in each piece, and from the second on a code or a phone number of the piece before. */
const pieces = Array.from({ length: 5 }, (_, piece) => {
  const records = Array.from({ length: 400 }, (_, i) => {
    const number = piece * 400 + i;
    const code = i === 7 && piece > 0 ? number - 401 : number;
    const phone = i === 9 && piece > 0 ? number - 401 : number;
    return `C${code},${i % 50 === 3 ? 'many' : number},"010-${phone}"\n`;
  });
  return (piece === 0 ? 'code,amount,phone\n' : '') + records.join('');
});

const digestOf = (content: string | Buffer) => createHash('sha256').update(content);
const declared = pieces.map((piece) => ({
  bytes: Buffer.byteLength(piece),
  sha256: digestOf(piece).digest('base64'),
}));
const together = {
  bytes: Buffer.byteLength(pieces.join('')),
  sha256: digestOf(Buffer.concat(declared.map(({ sha256 }) => Buffer.from(sha256, 'base64')))).digest('base64'),
};

const textOf = async (told: { readonly url: string } | undefined): Promise<string> =>
  Buffer.from(await (await fetch(told?.url ?? '')).arrayBuffer()).toString('utf8');

const seen = async ({ state, rows, violations, report, fixFile }: Upload) => ({
  state,
  rows,
  violations,
  report: await textOf(report),
  fixFile: await textOf(fixFile),
});

/** A file in segments comes to what it comes to in one piece, and a consumer gets the same bytes. */
export async function inSegmentsAsInOnePiece({ city }: Place): Promise<void> {
  async function published(resourceId: string): Promise<void> {
    await city.publish('quality', resourceId, definition);
    await city.agree('command-electricity', 'quality', resourceId, { fields: ['code', 'amount'], mask: {} });
  }

  async function inSegments(resourceId: string): Promise<Upload> {
    const quality = city.as('quality');
    const { uploadId } = await quality.call(routes.announceUpload, {
      body: {
        resourceId,
        ...together,
        segments: declared,
      },
    });
    const { items } = await quality.call(routes.listParts, { params: { uploadId } });
    expect(items.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    // The first comes last, and one of them twice.
    for (const { number, ...put } of [...items].reverse())
      await putFile(put, await city.file(pieces[number - 1] ?? ''));
    const [first] = items;
    if (first) await putFile(first, await city.file(pieces[0] ?? ''));
    await quality.call(routes.completeUpload, { params: { uploadId } });
    return verdict(quality, uploadId);
  }

  await step(
    'a file in segments comes to what it comes to in one piece, and a consumer gets the same bytes',
    async () => {
      await published('in-one-piece');
      await published('in-segments');
      const whole = await city.upload('quality', 'in-one-piece', pieces.join(''));
      const [before] = await city.receive('command-electricity');
      const upload = await inSegments('in-segments');
      const [after] = await city.receive('command-electricity');

      expect(whole).toMatchObject({ state: 'accepted', rows: { read: 2000, rejected: 48 } });
      expect(await seen(upload)).toEqual(await seen(whole));
      expect(upload).toMatchObject({ segments: 5, ...together });
      expect(after?.notice).toMatchObject({ resourceId: 'in-segments', sha256: before?.notice.sha256 });
      expect(after?.text).toBe(before?.text);
    },
  );

  await step('a segment that does not end with a record refuses the upload', async () => {
    await city.publish('quality', 'cut-badly', definition);
    const quality = city.as('quality');
    const texts = ['code,amount,phone\nC1,1,\nC2', ',2,\n'];
    const segments = texts.map((text) => ({ bytes: text.length, sha256: digestOf(text).digest('base64') }));
    const raw = Buffer.concat(segments.map(({ sha256 }) => Buffer.from(sha256, 'base64')));
    const body = { resourceId: 'cut-badly', bytes: texts.join('').length, segments };
    const wrong = await quality.ask(routes.announceUpload, {
      body: { ...body, sha256: digestOf(texts.join('')).digest('base64') },
    });
    expect(problemOf(wrong)).toMatchObject({
      code: 'invalid-upload',
      violations: [{ path: '/sha256', rule: 'digest' }],
    });

    const { uploadId } = await quality.call(routes.announceUpload, {
      body: {
        ...body,
        sha256: digestOf(raw).digest('base64'),
      },
    });
    const { items } = await quality.call(routes.listParts, { params: { uploadId } });
    for (const { number, ...put } of items) await putFile(put, await city.file(texts[number - 1] ?? ''));
    expect(await verdict(quality, uploadId)).toMatchObject({ state: 'refused', refusal: { code: 'segment-cut' } });
  });
}
