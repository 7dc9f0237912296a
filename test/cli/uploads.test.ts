import { describe, test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { sendingAttachments } from './upload-attachments.ts';
import { heldUploads } from './upload-held.ts';

const at = aPlace();

test('uploads that are held: told, refused, accepted, and what the hub has learnt', () => heldUploads(at));
describe('pictures', () => sendingAttachments(at));
