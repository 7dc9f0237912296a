import { test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { following } from './following.ts';
import { heldUploads } from './upload-held.ts';
import { watching } from './watch.ts';

const at = aPlace();
watching(at);
following(at, 5);

// Here, as its screens list all that its department has sent.
test('uploads that are held: told, refused, accepted, and what the hub has learnt', () => heldUploads(at));
