import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import type { UnderWay, Uploads } from '../ports.ts';

/** Mostly the first is it; but a provider may have announced thousands without sending one, at some 5 ms a look. */
const MOST_AT_A_TIME = 32;

/** The first of the uploads under way that is as wanted: in their order, one, then two, four … side by side. */
export async function seek(
  { uploads }: { readonly uploads: Uploads },
  underWay: AsyncIterable<UnderWay>,
  isWanted: (upload: StoredUpload) => boolean | Promise<boolean>,
): Promise<StoredUpload | undefined> {
  const look = async ({ uploadId }: UnderWay) => {
    const upload = await uploads.find(uploadId);
    return upload && (await isWanted(upload)) ? upload : undefined;
  };
  const firstOf = async (group: readonly UnderWay[]) =>
    (await Promise.all(group.map(look))).find((upload) => upload !== undefined);
  let group: UnderWay[] = [];
  let atATime = 1;
  for await (const each of underWay) {
    if (group.push(each) < atATime) continue;
    const found = await firstOf(group);
    if (found) return found;
    group = [];
    atATime = Math.min(MOST_AT_A_TIME, atATime * 2);
  }
  return firstOf(group);
}
