import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { isPast } from '../kernel/time.ts';
import { comesInPieces } from './domain/parts.ts';
import { segmentKey } from './domain/places.ts';
import type { Intake } from './ports.ts';

/** A signed URL has about 1.5 KB, an answer of a function at most 6 MB. */
const PARTS_A_PAGE = 100;

type Ports = Pick<Intake, 'uploads' | 'objects' | 'clock'>;

export const listParts = ({ uploads, objects, clock }: Ports) =>
  endpoint(routes.listParts, async ({ caller, params, query }) => {
    const upload = await uploads.find(params.uploadId);
    if (!upload || upload.provider !== caller.department) return refuse('not-found');
    if (!comesInPieces(upload)) return refuse('not-multipart');
    const now = clock.now();
    if (upload.state !== 'awaiting' || isPast(upload.expiresAt, now))
      return refuse('wrong-state', { detail: 'Its parts have been put together, or its time is over.' });

    const declared = upload.segments === undefined ? upload.multipart.parts : upload.pieces;
    const start = query.from - 1;
    const page = declared.slice(start, start + PARTS_A_PAGE);
    const items = await Promise.all(
      page.map(async (part, index) => {
        const number = query.from + index;
        const { url, headers } =
          upload.segments === undefined
            ? await objects.partUrl(upload.key, upload.multipart.id, number, part, now)
            : await objects.putUrl(segmentKey(upload, number), part, now);
        return { number, url, headers };
      }),
    );
    const next = query.from + PARTS_A_PAGE;
    return done({ items, ...(next <= declared.length && { next }) });
  });
