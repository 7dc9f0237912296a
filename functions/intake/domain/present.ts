import { Upload } from '../../../schemas/contracts/uploads.ts';
import { projected } from '../../../schemas/stored/loosened.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';

const shown = projected(Upload);

/** What a provider sees of its upload: everything but how the hub goes about it. */
export const present = (upload: StoredUpload): Upload => shown.parse(upload);
