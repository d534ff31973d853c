import { benchCapacity, benchMonitoring } from './capacity.ts';
import { benchDeploy } from './deploy.ts';
import { benchEngine } from './engine.ts';
import { benchGuard } from './guard.ts';
import { printMeasure } from './measure.ts';
import { benchPredict } from './predict.ts';
import { benchPredictVerb } from './predict-verb.ts';

/** `npm run bench [-- name …]`: JSON lines on stdout, what happens meanwhile on stderr. */
const BENCHES = {
  predict: benchPredict,
  'predict-verb': benchPredictVerb,
  guard: benchGuard,
  deploy: benchDeploy,
  engine: benchEngine,
  capacity: benchCapacity,
  monitoring: benchMonitoring,
} as const;
type Name = keyof typeof BENCHES;

/** All of them, each number once. */
const ALL: readonly Name[] = ['predict', 'guard', 'deploy', 'engine'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(
    `bench must be one of ${Object.keys(BENCHES).join(', ')}, got ${unknown.join(', ')}\n`,
  );
  process.exit(2);
}
for (const name of wanted.length === 0 ? ALL : (wanted as Name[])) await BENCHES[name](printMeasure);
process.exit(0);
