import { expect, test } from '@jest/globals';
import { readAttachments } from '../../../functions/records/attachments/attachments.ts';
import { ScratchFile } from '../../../functions/records/scratch/scratch-file.ts';
import { zipOf } from '../formats/support.ts';

test('an archive of zeros that stay below the bounds one by one is refused by their sum', async () => {
  const zeros = Buffer.alloc(9 * 1024 ** 2);
  const file = new ScratchFile();
  file.append(zipOf(Array.from({ length: 130 }, (_, i) => ({ name: `z${i}`, content: zeros }))));
  const field = { attachment: { types: ['jpeg' as const], maxBytes: 10 * 1024 ** 2 } };
  const readAll = async () => {
    let read = 0;
    for await (const one of readAttachments(file, { field, encoding: 'utf-8' })) read += 'rule' in one ? 1 : 0;
    return read;
  };
  await expect(readAll()).rejects.toMatchObject({ refusal: { code: 'too-large' } });
  file.close();
});
