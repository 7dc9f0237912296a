import { readBody } from '../../front/body.ts';
import type { Reply } from '../../front/reply.ts';
import { AwsRefusal } from '../../front/refusal.ts';
import { element, elements, tag } from '../../front/xml.ts';
import { objectArn, type S3Call } from '../call.ts';
import { compareBody } from '../small-body.ts';
import { xmlReply } from '../xml-reply.ts';

export async function deleteObject({ bucket, key, query, store }: S3Call): Promise<Reply> {
  const version = await store.delete(bucket, key, query.get('versionId'));
  return {
    status: 204,
    headers: {
      ...(version && version.versionId !== 'null' ? { 'x-amz-version-id': version.versionId } : {}),
      ...(version?.deleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
    },
  };
}

/** DeleteObjects takes at most 1,000 keys. */
const MAX_KEYS = 1000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export async function deleteObjects(call: S3Call): Promise<Reply> {
  call.store.bucket(call.bucket);
  call.invite();
  const body = await readBody(call.request, MAX_BODY_BYTES);
  compareBody(call, body);
  const xml = body.toString('utf8');
  const objects = elements(xml, 'Object').map((each) => ({
    key: element(each, 'Key'),
    versionId: element(each, 'VersionId'),
  }));
  if (objects.length === 0 || objects.length > MAX_KEYS) {
    throw new AwsRefusal(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate');
  }
  const quiet = element(xml, 'Quiet')?.trim() === 'true';
  const results: string[] = [];
  for (const { key = '', versionId } of objects) results.push(await deleteOne(call, key, versionId, quiet));
  return xmlReply('DeleteResult', results.join(''));
}

async function deleteOne(call: S3Call, key: string, versionId: string | undefined, quiet: boolean): Promise<string> {
  const named = tag('Key', key) + tag('VersionId', versionId);
  try {
    call.permit(versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', objectArn(call.bucket, key));
    const version = await call.store.delete(call.bucket, key, versionId);
    if (quiet) return '';
    const marker = version?.deleteMarker
      ? tag('DeleteMarker', true) + tag('DeleteMarkerVersionId', version.versionId)
      : '';
    return `<Deleted>${named}${marker}</Deleted>`;
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    return `<Error>${named}${tag('Code', error.code)}${tag('Message', error.message)}</Error>`;
  }
}
