import type { AcceptedRecords, UploadIn } from '../../../schemas/stored/uploads.ts';
import { csvOf } from '../../datasets/csv.ts';
import { Fault } from '../../kernel/fault.ts';
import { isLeased } from '../../kernel/lease.ts';
import { after } from '../../kernel/time.ts';
import { profileDataset } from '../../records/index.ts';
import { profiled } from '../domain/left-behind.ts';
import { storableFields } from '../domain/quality.ts';
import type { Intake } from '../ports.ts';

type Ports = Pick<Intake, 'uploads' | 'resources' | 'checked' | 'qualities' | 'clock' | 'log'>;

/** Longer than a function runs: after it whoever took the work is gone. */
const TURN_SECONDS = 16 * 60;
/** Whatever stands in the way of that many is no accident. A profile is worth no more. */
const MOST_TRIES = 5;

/**
 * Profiles the dataset that an upload made, once it is in force, whether or not another has replaced it since. A try that
 * fails says so and leaves the upload its mark, by which the sweeper sends it again when its turn is over: no message is
 * tried again, so that a dataset which cannot be profiled keeps no queue busy. The fifth failure ends it.
 */
export async function profileAccepted(ports: Ports, upload: UploadIn<'accepted'>): Promise<void> {
  const now = ports.clock.now();
  if (upload.content === 'attachments') return;
  const tries = upload.unprofiled;
  if (tries === undefined || isLeased(upload, now)) return;
  const { uploadId, resourceId } = upload;
  if (tries === MOST_TRIES) {
    ports.log.error('profile given up', { uploadId, resourceId, code: 'profile-given-up', attempts: tries });
    await ports.uploads.replace(profiled(upload), upload);
    return;
  }
  const until = after(now, { seconds: TURN_SECONDS });
  const taken = { ...upload, unprofiled: tries + 1, leaseUntil: until, lookAgainAt: until };
  if (!(await ports.uploads.replace(taken, upload))) return;
  try {
    await profileOnce(ports, upload);
    await ports.uploads.replace(profiled(taken), taken);
  } catch (error) {
    ports.log.error('not profiled', { uploadId, resourceId, attempts: tries + 1, error });
  }
}

async function profileOnce(ports: Ports, upload: AcceptedRecords): Promise<void> {
  const { uploadId, resourceId, resourceVersion, datasetVersion } = upload;
  const dataset = await ports.resources.dataset(resourceId, datasetVersion);
  const version = await ports.resources.version(resourceId, resourceVersion);
  if (!dataset || !version) throw new Fault(`dataset ${datasetVersion} of ${resourceId} is gone`);
  const { schema } = version.definition;
  const { input, columns } = csvOf(dataset, ({ key, versionId }) => ports.checked.read(key, versionId));
  const { fields } = await profileDataset(input, { schema, columns });
  await ports.qualities.describe(upload, storableFields(fields));
  ports.log.info('dataset profiled', { uploadId, resourceId, datasetVersion, rows: dataset.rows });
}
