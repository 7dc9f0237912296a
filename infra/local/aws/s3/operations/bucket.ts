import type { Reply } from '../../front/reply.ts';
import { tag } from '../../front/xml.ts';
import type { S3Call } from '../call.ts';
import { xmlReply } from '../xml-reply.ts';

export function headBucket({ bucket, store }: S3Call): Reply {
  store.bucket(bucket);
  return { status: 200, headers: {} };
}

export function getBucketVersioning({ bucket, store }: S3Call): Reply {
  return xmlReply('VersioningConfiguration', store.bucket(bucket).versioned ? tag('Status', 'Enabled') : '');
}
