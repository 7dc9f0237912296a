import type { ResourceId } from '../../../../schemas/contracts/ids.ts';
import { LOOK_EVERY } from '../../../intake/domain/unnamed.ts';
import type { AttachmentMarks } from '../../../intake/ports.ts';
import { after } from '../../../kernel/time.ts';
import { markedIds, markOnce, postpone } from '../table/due.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import type { Write } from '../table/write.ts';

/** From the first attachments of a resource on it is looked, now and again, which of them no record names. */
export const markUnnamed = (table: Table, of: { readonly resourceId: ResourceId }, at: string): Write =>
  markOnce(table, 'attachments', keyOf.resource(of.resourceId), of, after(at, LOOK_EVERY));

export const dynamoAttachmentMarks = (table: Table): AttachmentMarks => ({
  due: (until) => markedIds(table, 'attachments', 'resourceId', until),
  async postpone(resourceId, at) {
    await postpone(table, 'attachments', keyOf.resource(resourceId), at);
  },
});
