import { memoryObjectStore } from '../../../lib/stores/objects/object-store-memory.ts';
import { objectStoreContract } from './object-store.contract.ts';

const store = memoryObjectStore();
objectStoreContract('the object store in memory', () => store);
