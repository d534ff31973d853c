import { defineConfig } from 'vitest/config';

const node = { pool: 'forks' as const };

export default defineConfig({
  test: {
    projects: [
      { test: { ...node, name: 'architecture', include: ['test/architecture.test.ts'] } },
    ],
  },
});
