import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { lineageContract } from './lineage.contract.ts';
import { registryContract } from './registry.contract.ts';

registryContract('the registry in memory', memoryRegistry);
lineageContract('the registry in memory', memoryRegistry);
