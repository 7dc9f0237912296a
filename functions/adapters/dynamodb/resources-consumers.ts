import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import { isInForce } from '../../reading/agreement.ts';
import { AgreementPointer } from './agreements-items.ts';
import { agreementsOnResource, readAgreement } from './agreements.ts';
import { fromItem, walk, type Table } from './table.ts';

export async function isConsumer(
  table: Table,
  id: ResourceId,
  department: DepartmentId,
  day: string,
): Promise<boolean> {
  for await (const agreement of agreementsOnResource(table, id, department)) if (isInForce(agreement, day)) return true;
  return false;
}

const READS_AT_ONCE = 25;

export async function consumedBy(
  table: Table,
  department: DepartmentId,
  day: string,
): Promise<ReadonlySet<ResourceId>> {
  const pointers: AgreementPointer[] = [];
  for await (const { item } of walk(table, { from: { pk: `PARTY#${department}`, prefix: 'AGREEMENT#' } })) {
    const pointer = fromItem(AgreementPointer, item);
    if (pointer.consumer === department) pointers.push(pointer);
  }
  const consumed = new Set<ResourceId>();
  for (let from = 0; from < pointers.length; from += READS_AT_ONCE) {
    const batch = pointers.slice(from, from + READS_AT_ONCE);
    const found = await Promise.all(batch.map(({ agreementId }) => readAgreement(table, agreementId)));
    for (const agreement of found)
      if (agreement && isInForce(agreement.value, day)) consumed.add(agreement.value.resourceId);
  }
  return consumed;
}
