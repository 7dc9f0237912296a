import { setTimeout as pause } from 'node:timers/promises';
import type { Upload } from '../../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { routes } from '../../../protocol/routes.ts';
import { persist, type Patience } from '../sending/persist.ts';

const SHORTEST_MS = 250;
const LONGEST_MS = 5_000;

/** Asks until the upload is accepted, refused or held, ever more slowly; a large file takes minutes. */
export async function awaitVerdict(
  client: Pick<HubClient, 'call'>,
  uploadId: string,
  patience: Patience,
  onState: (upload: Upload) => void,
): Promise<Upload> {
  for (let wait = SHORTEST_MS; ; wait = Math.min(wait * 1.3, LONGEST_MS)) {
    const upload = await persist(() => client.call(routes.readUpload, { params: { uploadId } }), patience);
    if (hasVerdict(upload)) return upload;
    onState(upload);
    await pause(wait, undefined, { signal: patience.signal });
  }
}

/** Nothing more happens by itself. */
export const hasVerdict = ({ state }: Pick<Upload, 'state'>): boolean =>
  state === 'accepted' || state === 'refused' || state === 'held';
