import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ListObjects } from '../../compare/stores.ts';
import { s3IntakeObjects } from './intake-objects.ts';

/** Lists that departments send to the intake bucket; `signing` gives URLs their host. */
export function s3ListObjects(client: S3Client, bucket: string, signing: S3Client = client): ListObjects {
  const objects = s3IntakeObjects(client, bucket, signing);
  return {
    putUrl: (key, declared, at) => objects.putUrl(key, declared, at),
    put: (key, content, sha256) => objects.put(key, content, sha256),
    find: (key) => objects.find(key),
    async remove(Key, VersionId) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
    },
  };
}
