import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { done, refuse } from '../kernel/outcome.ts';
import type { Clock } from '../kernel/ports.ts';
import { after } from './domain/instants.ts';
import { present } from './domain/present.ts';
import type { CheckedObjects, Uploads } from './ports.ts';

const REPORT_SECONDS = 600;

interface Ports {
  readonly uploads: Uploads;
  readonly checked: CheckedObjects;
  readonly clock: Clock;
}

export const readUpload = ({ uploads, checked, clock }: Ports) => endpoint(routes.readUpload, async ({ caller, params }) => {
  const upload = await uploads.find(params.uploadId);
  if (!upload || upload.provider !== caller.department) return refuse('not-found');
  if (upload.reportKey === undefined) return done(present(upload));
  const now = clock.now();
  const url = await checked.url(upload.reportKey, REPORT_SECONDS, now);
  return done({ ...present(upload), report: { url, expiresAt: after(now, REPORT_SECONDS) } });
});
