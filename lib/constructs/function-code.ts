import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { engineModules } from './engine-modules.ts';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from './function-table.ts';

/** The code of all functions in two assets: what carries DuckDB is 70 MB, what does not is small. */
export interface FunctionCode {
  readonly plain: Code;
  readonly engine: Code;
  /** Changes exactly when the bundled code changes: the platform's release, as lineage names it. */
  readonly contentHash: string;
}

export interface BundleProps {
  /** Folder of the repository, with `lambdas/`, `trainer/` and `node_modules/`. */
  readonly root: string;
  readonly architecture: 'x86_64' | 'arm64';
}

/**
 * Bundles every handler in one pass an asset. Functions share an asset, so it is uploaded once, and share chunks
 * within it, so the AWS SDK is there once. CDK copies an asset when the first function is made of it, so the code
 * is there for `use` only.
 */
export function withBundledFunctions<T>(props: BundleProps, use: (code: FunctionCode) => T): T {
  requireEveryHandler(props.root);
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bundle-'));
  try {
    return use(bundleFunctions(props, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundleFunctions(props: BundleProps, folder: string): FunctionCode {
  const plain = join(folder, 'plain');
  const engine = join(folder, 'engine');
  const hash = createHash('sha256');
  for (const [outdir, withEngine] of [
    [plain, false],
    [engine, true],
  ] as const) {
    const names = FUNCTION_NAMES.filter((name) => FUNCTIONS[name].engine === withEngine);
    for (const file of bundle(props.root, names, outdir)) hash.update(file.hash);
  }
  // prepare-data hands the built-in trainer to SageMaker.
  cpSync(join(props.root, 'trainer'), join(engine, 'trainer'), { recursive: true, filter: isSource });
  for (const [name, from] of engineModules(props.root, props.architecture))
    cpSync(from, join(engine, 'node_modules', name), { recursive: true, dereference: true });
  return {
    plain: Code.fromAsset(plain),
    engine: Code.fromAsset(engine),
    contentHash: hash.digest('hex').slice(0, 12),
  };
}

function bundle(root: string, names: readonly FunctionName[], outdir: string) {
  const lambdas = join(root, 'lambdas');
  const built = buildSync({
    absWorkingDir: root,
    entryPoints: names.map((name) => join(lambdas, name, 'handler.ts')),
    outbase: lambdas,
    outdir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: ['@duckdb/*'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    // Bundled CommonJS packages ask for Node's own modules by `require`.
    banner: { js: "import{createRequire as $r}from'node:module';const require=$r(import.meta.url);" },
    write: true,
    metafile: true,
    logLevel: 'error',
  });
  return Object.keys(built.metafile.outputs)
    .sort()
    .map((file) => ({
      file,
      hash: createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
    }));
}

/** A folder without an entry would never be deployed; an entry without a handler would deploy nothing. */
function requireEveryHandler(root: string): void {
  const folders = readdirSync(join(root, 'lambdas'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const unlisted = folders.filter((name) => !(name in FUNCTIONS));
  if (unlisted.length > 0)
    throw new Error(
      `lambdas/${unlisted.join(', lambdas/')} is no function of the platform; list it in lib/constructs/function-table.ts`,
    );
  const missing = FUNCTION_NAMES.filter((name) => !existsSync(join(root, 'lambdas', name, 'handler.ts')));
  if (missing.length > 0)
    throw new Error(`lambdas/${missing.join('/handler.ts, lambdas/')}/handler.ts is missing`);
}

function isSource(path: string): boolean {
  return !path.endsWith('__pycache__') && !path.endsWith('.pyc');
}
