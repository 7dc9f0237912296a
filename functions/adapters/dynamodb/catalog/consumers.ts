import type { DepartmentId, ResourceId } from '../../../../schemas/contracts/ids.ts';
import { AgreementPointer } from '../../../../schemas/stored/agreements.ts';
import { inOrder } from '../../../kernel/each.ts';
import { isInForce } from '../../../reading/agreement.ts';
import { agreementsOnResource, readAgreement } from '../agreements/read.ts';
import { fromItem } from '../table/items.ts';
import type { Table } from '../table/reads.ts';
import { walk } from '../table/walk.ts';

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
  const read = ({ agreementId }: AgreementPointer) => readAgreement(table, agreementId);
  for await (const [, agreement] of inOrder(pointers, READS_AT_ONCE, read))
    if (agreement && isInForce(agreement.value, day)) consumed.add(agreement.value.resourceId);
  return consumed;
}
