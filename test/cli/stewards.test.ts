import { describe, test } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { STORY_MS } from '../support/step.ts';
import { describedAndSent } from './described.ts';
import { postingRecords } from './records-posted.ts';
import { sendingAttachments } from './upload-attachments.ts';
import { checking } from './upload-check.ts';
import { sendingFormats } from './upload-formats.ts';
import { mendingAsTold, transcriptsAsRecorded } from './upload-steward.ts';
import { uploading } from './upload.ts';

const at = aPlace();

describe('files are sent, and', () => uploading(at));
test('a steward gets five broken files accepted with only what the screens say', () => mendingAsTold(at), STORY_MS);
test('the transcripts of the documentation are what the screens say', () => transcriptsAsRecorded());
describe('what is checked here', () => checking(at));
describe('a file of any format', () => sendingFormats(at));
test('single records go in batches, and it is told what becomes of them', () => postingRecords(at));
test('from a file of data to an accepted upload, and the definition to other tools and back', () =>
  describedAndSent(at));
describe('pictures', () => sendingAttachments(at));
