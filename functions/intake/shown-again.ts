import type { UploadId } from '../../schemas/contracts/ids.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import type { Reference } from '../../schemas/stored/answers.ts';
import { Fault } from '../kernel/fault.ts';
import { done, type Outcome } from '../kernel/outcome.ts';
import { present } from './domain/present.ts';
import type { Uploads } from './ports.ts';

/** What a repetition of an act on an upload is answered: the upload as it is by then. */
export const shownAgain =
  ({ uploads }: { readonly uploads: Pick<Uploads, 'find'> }) =>
  async (_call: unknown, { uploadId }: Reference): Promise<Outcome<Upload, never>> => {
    const upload = await uploads.find(uploadId as UploadId);
    if (!upload) throw new Fault(`upload ${uploadId} is not there`);
    return done(present(upload));
  };
