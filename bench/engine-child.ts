import { readFileSync } from 'node:fs';
import { openBenchEngine, profileAndScore, type Scored } from './engine-speed.ts';
import type { Work } from './engine-work.ts';

/** One worker: profiles and scores a file, and says on stdout what it took. */
const work = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Work;
const engine = await openBenchEngine();
await profileAndScore(work, engine);
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const scored: Scored = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, rssMb: maxRSS / 1024 };
process.stdout.write(JSON.stringify(scored));
