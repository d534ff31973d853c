import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../lib/settings.ts';
import { LOCAL_CONTEXT } from '../../local/cloud.ts';
import { machinesOf } from './machines.ts';
import { synthesized } from './synthesized.ts';

/** The settings in which a laptop may differ from AWS; whatever else differs is a bug that only AWS would show. */
const MAY_DIFFER = ['stage', 'pollSeconds', 'drainSeconds', 'engineConcurrency'];

const templatesOf = ({ state, platform }: ReturnType<typeof synthesized>) => ({
  state: state.toJSON(),
  platform: platform.toJSON(),
});

/** Each path at which two values differ. */
function differences(a: unknown, b: unknown, path = ''): readonly string[] {
  if (a === b) return [];
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}/${key}`),
  );
}

describe('the template of the local cloud', () => {
  const onAws = synthesized({ stage: LOCAL_CONTEXT.stage });
  const local = synthesized(LOCAL_CONTEXT);

  it('is made with settings of a named list only', () => {
    for (const name of Object.keys(LOCAL_CONTEXT)) {
      expect(SETTING_NAMES).toContain(name);
      expect(MAY_DIFFER).toContain(name);
    }
  });

  it('differs from that of AWS in two state machines and nowhere else', () => {
    const paths = differences(templatesOf(onAws), templatesOf(local));
    const places = paths.map((path) => path.replace(/\/Fn::Join.*$/, '').replaceAll(/[0-9A-F]{8}/g, ''));
    expect([...new Set(places)].sort()).toEqual([
      '/platform/Resources/PipelinesReleaseMachine/Properties/DefinitionString',
      '/platform/Resources/PipelinesRetirementMachine/Properties/DefinitionString',
    ]);
  });

  it('differs there in how long a release and a retirement wait', () => {
    const paths = differences(machinesOf(onAws), machinesOf(local));
    expect(paths.map((path) => path.replace(/^\/\d+\/definition\/States\//, ''))).toEqual([
      // How often, and how many times, a release looks at its endpoint: half an hour together.
      'Is It In Service/Choices/2/Condition',
      'Give It Time/Seconds',
      'Let Calls End/Seconds',
    ]);
  });

  it('differs between stages in names only', () => {
    const dev = JSON.stringify(templatesOf(synthesized({ ...LOCAL_CONTEXT, stage: 'dev' })));
    const renamed = dev.replaceAll(/([Mm]ooring[- ]?)dev/g, '$1local').replaceAll('"dev"', '"local"');
    expect(differences(JSON.parse(renamed), templatesOf(local))).toEqual([]);
  });
});
