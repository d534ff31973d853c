import { memoryRegistry } from '../../../lib/stores/registry/registry-memory.ts';
import { registryContract } from './registry.contract.ts';

registryContract('the registry in memory', memoryRegistry);
