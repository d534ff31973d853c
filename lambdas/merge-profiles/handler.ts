import { task } from '../../lib/runtime/task.ts';
import { wireObjects } from '../../lib/runtime/wiring/objects.ts';
import { mergeProfiles, mergeProfilesInput } from './merge-profiles.ts';

const deps = { artifacts: wireObjects('artifacts') };
export const handler = task('merge-profiles', mergeProfilesInput, (input) => mergeProfiles(input, deps));
