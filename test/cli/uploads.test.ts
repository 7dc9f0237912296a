import { describe, test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { sendingAttachments } from './upload-attachments.ts';
import { heldUploads } from './upload-held.ts';
import { sendingSegments } from './upload-in-segments.ts';
import { goingOn } from './upload-resume.ts';

const at = aPlace();

test('uploads that are held: told, refused, accepted, and what the hub has learnt', () => heldUploads(at));
describe('an upload', () => goingOn(at));
describe('an upload in segments', () => sendingSegments(at));
describe('pictures', () => sendingAttachments(at));
