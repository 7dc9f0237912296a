import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { after } from '../kernel/time.ts';
import { isEnded } from './domain/ended.ts';
import { present } from './domain/present.ts';
import type { Intake } from './ports.ts';

const URL_SECONDS = 600;

type Ports = Pick<Intake, 'uploads' | 'checked' | 'clock'>;

export const readUpload = ({ uploads, checked, clock }: Ports) =>
  endpoint(routes.readUpload, async ({ caller, params }) => {
    const upload = await uploads.find(params.uploadId);
    if (!upload || upload.provider !== caller.department) return refuse('not-found');
    const now = clock.now();
    const told = async (key: string | undefined) =>
      key === undefined
        ? undefined
        : { url: await checked.url(key, URL_SECONDS, now), expiresAt: after(now, { seconds: URL_SECONDS }) };
    const report = await told(upload.state === 'awaiting' ? undefined : upload.reportKey);
    const fixFile = await told(isEnded(upload) ? upload.fixFileKey : undefined);
    return done({ ...present(upload), ...(report && { report }), ...(fixFile && { fixFile }) });
  });
