import { AgreementPointer } from '../../../../schemas/stored/agreements.ts';
import { precedentOf } from '../../../agreements/domain/terms/precedent.ts';
import type { Precedents, ViewPorts } from '../../../agreements/views/ports.ts';
import { readLatestVersion, readResourceVersion } from '../catalog/resources.ts';
import { inheritedBy } from '../derive/lineage.ts';
import { writeEvidence } from '../evidence.ts';
import { fromItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { pageOf } from '../table/walk.ts';
import { commitOwn } from '../table/write.ts';
import { readAgreement } from './read.ts';

const dynamoPrecedents = (table: Table): Precedents => ({
  onResource: (id, page) =>
    pageOf(table, { from: { pk: keyOf.resource(id).pk, prefix: 'AGREEMENT#' } }, page, async (item) => {
      const found = await readAgreement(table, fromItem(AgreementPointer, item).agreementId);
      return found && precedentOf(found.value);
    }),
});

type StoredViews = Pick<ViewPorts, 'agreements' | 'definitions' | 'precedents' | 'inheritedOn' | 'keepEvidence'>;

/** What the views of agreements are made of, as far as it is in the table. */
export const dynamoViews = (table: Table): StoredViews => ({
  agreements: { find: (id) => readAgreement(table, id) },
  definitions: {
    latest: (id) => readLatestVersion(table, id),
    version: (id, version) => readResourceVersion(table, id, version),
  },
  precedents: dynamoPrecedents(table),
  inheritedOn: inheritedBy(table),
  keepEvidence: (evidence) => commitOwn(table, writeEvidence(table, evidence), `evidence ${evidence.evidenceId}`),
});
