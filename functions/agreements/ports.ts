import type { Agreement, AgreementQuery, AgreementSummary } from '../../schemas/contracts/agreements.ts';
import type { StoredAnswer } from '../../schemas/contracts/answers.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { AgreementId, DepartmentId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { Clock, Ids } from '../kernel/ports.ts';

/** One act on an agreement: what it is afterwards, the proof of it, and what a repetition of the call is answered. */
export interface Act {
  readonly agreement: Agreement;
  readonly evidence: Evidence;
  readonly answer: StoredAnswer | undefined;
  /** Set where the delivery side must react (filing, termination): when to look whether it did. */
  readonly lookAgainAt?: string;
}

export interface Agreements {
  /** Strongly consistent; `revision` is what `replace` must name. */
  find(id: AgreementId): Promise<{ readonly value: Agreement; readonly revision: number } | undefined>;
  /** All of the act or nothing; false when the answer's key has been used meanwhile. */
  add(act: Act): Promise<boolean>;
  /** All of the act or nothing; false when somebody else acted since `revision` was read. */
  replace(act: Act, revision: number): Promise<boolean>;
  /** In order of proposal, strongly consistent. */
  listOf(party: DepartmentId, query: AgreementQuery): Promise<Page<AgreementSummary>>;
  /** In order of proposal; a moment behind the acts. */
  listAll(query: AgreementQuery): Promise<Page<AgreementSummary>>;
}

/** The catalog, as far as a proposal needs it; strongly consistent. */
interface Catalog {
  latest(id: ResourceId): Promise<ResourceVersion | undefined>;
}

export interface Ports {
  readonly agreements: Agreements;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  /** IANA name of the hub's time zone. */
  readonly timeZone: string;
}
