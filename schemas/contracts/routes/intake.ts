import * as z from 'zod';
import { exampleOf } from '../examples/intake.ts';
import { ResourceId, UploadId } from '../ids.ts';
import { QualityList, QualityQuery } from '../quality.ts';
import {
  AnnounceUploadBody,
  AnnouncedUpload,
  DecideUploadBody,
  PartUrls,
  PartsQuery,
  PostRecordsBody,
  PostedRecords,
  Upload,
  UploadList,
  UploadQuery,
} from '../uploads.ts';
import { everyone, members, route } from './route.ts';

export const intakeRoutes = {
  announceUpload: route('announceUpload', {
    capability: 'intake',
    roles: members,
    summary: 'Announce an upload',
    description:
      'Says what will come: length and SHA-256 to the byte. The answer is a presigned PUT that takes exactly that; the URLs of an upload in `parts` or `segments` are asked for separately.',
    body: AnnounceUploadBody,
    status: 201,
    response: AnnouncedUpload,
    errors: {
      'resource-not-found': 404,
      'not-the-provider': 403,
      'resource-retired': 409,
      'derived-resource': 409,
      'invalid-upload': 422,
      'changed-meanwhile': 409,
    },
    example: exampleOf.announceUpload,
  }),
  listUploads: route('listUploads', {
    capability: 'intake',
    roles: members,
    summary: 'List own uploads',
    description: 'Newest first.',
    query: UploadQuery,
    response: UploadList,
    example: exampleOf.listUploads,
  }),
  readUpload: route('readUpload', {
    capability: 'intake',
    roles: members,
    summary: 'Read an upload',
    description: 'Its state, counts, verdict and, while records were rejected, a URL of the rejection report.',
    params: z.strictObject({ uploadId: UploadId }),
    response: Upload,
    errors: { 'not-found': 404 },
    example: exampleOf.readUpload,
  }),
  decideUpload: route('decideUpload', {
    capability: 'intake',
    roles: members,
    summary: 'Decide on a held upload',
    description:
      'An upload is held where its dataset has many more or fewer rows than the one in force. `accept` says that it is right: it is checked again and takes its place. `refuse` ends it.',
    params: z.strictObject({ uploadId: UploadId }),
    body: DecideUploadBody,
    response: Upload,
    errors: { 'not-found': 404, 'wrong-state': 409, 'changed-meanwhile': 409 },
    example: exampleOf.decideUpload,
  }),
  postRecords: route('postRecords', {
    capability: 'intake',
    roles: members,
    summary: 'Post records of a resource with a primary key',
    description:
      'At most 1,000 records, each an object of fields and perhaps `_op` (`upsert`, the default, or `delete`). They become a `changes` upload and go through the same check and commit; the answer names it.',
    params: z.strictObject({ resourceId: ResourceId }),
    body: PostRecordsBody,
    status: 201,
    response: PostedRecords,
    errors: {
      'resource-not-found': 404,
      'not-the-provider': 403,
      'resource-retired': 409,
      'derived-resource': 409,
      'invalid-upload': 422,
      'changed-meanwhile': 409,
    },
    example: exampleOf.postRecords,
  }),
  readQuality: route('readQuality', {
    capability: 'intake',
    roles: everyone,
    summary: 'Quality of a resource, upload by upload',
    description:
      'Newest first: rows read, accepted and rejected, by field and rule, and of each dataset the missing and different values, smallest and largest, of every field. For the provider; for the authority and auditors without those values.',
    params: z.strictObject({ resourceId: ResourceId }),
    query: QualityQuery,
    response: QualityList,
    errors: { 'resource-not-found': 404, 'not-the-provider': 403 },
    example: exampleOf.readQuality,
  }),
  listParts: route('listParts', {
    capability: 'intake',
    roles: members,
    summary: 'Fresh URLs for the parts or segments of an upload',
    description: 'At most 100 a call, from part number `from`; ask again when they have expired.',
    params: z.strictObject({ uploadId: UploadId }),
    query: PartsQuery,
    response: PartUrls,
    errors: { 'not-found': 404, 'not-multipart': 409, 'wrong-state': 409 },
    example: exampleOf.listParts,
  }),
  completeUpload: route('completeUpload', {
    capability: 'intake',
    roles: members,
    summary: 'All parts are there',
    description: 'Puts the parts together; the hub knows their checksums. Saying it again changes nothing.',
    params: z.strictObject({ uploadId: UploadId }),
    response: Upload,
    errors: { 'not-found': 404, 'not-multipart': 409, 'wrong-state': 409, 'parts-missing': 409 },
    example: exampleOf.completeUpload,
  }),
} as const;
