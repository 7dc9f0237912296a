import type { routes } from '../../schemas/contracts/routes.ts';
import type { LookupTerms } from '../../schemas/contracts/terms.ts';
import type { AttachmentMacs } from '../datasets/attachments/references.ts';
import { derivedId } from '../kernel/digest.ts';
import type { Call } from '../kernel/endpoint.ts';
import type { Macs } from '../kernel/macs.ts';
import { officerOf } from '../kernel/officer.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import type { Hub } from '../kernel/ports.ts';
import { quotaOn } from '../kernel/quota.ts';
import { dayIn } from '../kernel/time.ts';
import type { AskedKey } from '../reading/record-key.ts';
import { ofMode, usedUnder, type NotUsed, type UsedUnder } from '../reading/used-under.ts';
import { askedKeys } from './domain/asked.ts';
import { partsOf } from './domain/quota.ts';
import type { Counting, Facts, Lookups, Representations, Rows } from './ports.ts';

export interface LookUpPorts extends Hub {
  readonly facts: Pick<Facts, 'agreement' | 'inherited' | 'resourceVersion'>;
  readonly representations: Representations;
  readonly rows: Rows;
  readonly lookups: Pick<Lookups, 'find' | 'standing' | 'commit' | 'refuse'>;
  readonly macs: Macs;
  readonly attachmentMacs: AttachmentMacs;
}

/** A call that agreement and form let be answered, and what it counts towards. */
export interface Asking {
  readonly at: string;
  readonly granted: UsedUnder<LookupTerms>;
  readonly keys: readonly AskedKey[];
  readonly officer: string;
  readonly counting: Counting;
}

export async function askingOf(
  { facts, macs, clock, timeZone }: LookUpPorts,
  { caller, body, note }: Call<typeof routes.lookUp>,
): Promise<Outcome<Asking, NotUsed | 'officer-unknown' | 'invalid-lookup'>> {
  const at = clock.now();
  const day = dayIn(timeZone, at);
  const may = usedUnder(await facts.agreement(body.agreementId), caller, day, ofMode('lookup'));
  if (!may.ok) return may;
  const { agreement, terms, resourceVersion } = may.value;
  const { agreementId, resourceId, provider } = agreement;
  note({ agreementId, resourceId });
  const officer = officerOf(caller.session);
  if (officer === undefined) return refuse('officer-unknown', nobody);
  const { definition } = await facts.resourceVersion(resourceId, resourceVersion);
  const keys = askedKeys(body, terms, definition.schema);
  if (!keys.ok) return keys;
  const mac = await macs.keyed('officer');
  const officerRef = derivedId(mac(JSON.stringify([agreementId, officer])));
  const quota = quotaOn(`lookups#${agreementId}`, terms.perDay, timeZone, at);
  const counting = { provider, agreementId, day, officerRef, parts: partsOf(quota) };
  return done({ at, granted: may.value, keys: keys.value, officer, counting });
}

const nobody = {
  detail:
    'Each lookup is somebody’s, and the name of this session says of nobody who it is. Assume the department’s role with your own user name as the session’s name (role_session_name in ~/.aws/config), and look up again.',
};
