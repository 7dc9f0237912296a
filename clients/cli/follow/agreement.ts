import { isOver } from '../../../functions/reading/agreement.ts';
import { deliveryTerms, findVersion } from '../../../functions/reading/terms.ts';
import { hasEdits } from '../../../functions/records/formats/natures.ts';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { CopyShape } from '../../node/copy.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';
import { inForceFor } from '../agreements/in-force.ts';
import { Failure, wrongUsage } from '../terminal/failure.ts';

/** Agreements' ids are ULIDs; no resource has capital letters. */
const AGREEMENT_ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** The agreement under which a department receives a resource; the word may name it, too. */
export async function agreementToFollow(client: HubClient, department: string, wanted: string): Promise<Agreement> {
  if (AGREEMENT_ID.test(wanted)) return read(client, wanted);
  const found = await inForceFor(client, department, wanted);
  const [only, ...others] = found;
  if (!only)
    throw new Failure({
      what: `${department} has no active agreement on ${wanted}.`,
      next: [`hub agreements --resource ${wanted} shows how far one has come.`, `hub agreements propose ${wanted} …`],
      code: 'no-agreement',
    });
  if (others.length > 0)
    throw wrongUsage(
      `${department} has ${found.length} active agreements on ${wanted}.`,
      ...found.map(({ agreementId }) => `hub follow ${agreementId} --to FILE`),
    );
  return read(client, only.agreementId);
}

const read = (client: HubClient, agreementId: string): Promise<Agreement> =>
  client.call(routes.readAgreement, { params: { agreementId } });

/**
 * @returns whether it is suspended
 * @throws Failure once it has ended, for good
 */
export async function isSuspended(client: HubClient, agreementId: string, file: string): Promise<boolean> {
  const agreement = await read(client, agreementId);
  if (!isOver(agreement)) return agreement.state === 'suspended';
  throw new Failure({
    what: `Agreement ${agreementId} has ended; ${file} stays as it is.`,
    why: 'Nothing more is delivered under it.',
    next: [`hub agreements show ${agreementId} tells why, and for how long the data may be kept.`],
    code: 'agreement-not-active',
  });
}

/** What edits under some terms look like; the terms of an agreement may become others while it is followed. */
export const shapesOf =
  (client: HubClient, agreementId: string) =>
  async (termsVersion: number): Promise<CopyShape> => {
    const agreement = await read(client, agreementId);
    const named = findVersion(agreement, termsVersion);
    if (!named) throw noEdits(agreementId, termsVersion);
    const { resourceVersion: version } = named;
    const terms = deliveryTerms(named.terms);
    const { resourceId } = agreement;
    const { definition } = await client.call(routes.readResourceVersion, { params: { resourceId, version } });
    const { primaryKey } = definition.schema;
    if (!primaryKey || !terms || !hasEdits(terms.format)) throw noEdits(agreementId, termsVersion);
    return { fields: terms.fields, key: primaryKey, format: terms.format };
  };

const noEdits = (agreementId: string, termsVersion: number): Error =>
  new Error(`terms version ${termsVersion} of agreement ${agreementId} has no edits`);
