import { describe } from '@jest/globals';
import { aPlace } from '../support/place.ts';
import { checking } from './upload-check.ts';
import { sendingSegments } from './upload-in-segments.ts';
import { goingOn } from './upload-resume.ts';

/** Through slow networks that are cut. */
const at = aPlace();

describe('an upload', () => goingOn(at));
describe('an upload in segments', () => sendingSegments(at));
describe('what is checked here', () => checking(at));
