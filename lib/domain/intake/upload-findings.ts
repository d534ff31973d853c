import { type UploadManifest, uploadManifestSchema } from '../data/upload-manifest.ts';
import type { Finding } from '../findings.ts';

export type ManifestReading =
  | { readonly readable: true; readonly manifest: UploadManifest }
  | { readonly readable: false; readonly findings: readonly Finding[] };

/**
 * Reads an upload's `_manifest.json`. A manifest that breaks its contract is a finding about the upload, not an exception:
 * whoever wrote it must be told.
 *
 * @example readManifest('{"files": []}').readable // false
 */
export function readManifest(text: string): ManifestReading {
  const read = uploadManifestSchema.safeParse(parsed(text));
  if (read.success) return { readable: true, manifest: read.data };
  const findings = read.error.issues.map((issue) =>
    uploadFinding(
      'manifest-invalid',
      undefined,
      `manifest at ${issue.path.join('.') || 'its root'}: ${issue.message}`,
    ),
  );
  return { readable: false, findings };
}

/** An object as the manifest declares it and as it was found. */
export interface ObjectCheck {
  readonly key: string;
  readonly declared: { readonly sha256: string; readonly bytes: number };
  /** Undefined when there is no such object. */
  readonly found: { readonly sha256: string; readonly bytes: number } | undefined;
}

/**
 * What is wrong with one object of an upload before it is opened.
 *
 * @returns undefined when the object is the one that was declared
 * @example checkObject({ key: 'a.csv', declared, found: undefined })?.rule // 'object-missing'
 */
export function checkObject({ key, declared, found }: ObjectCheck): Finding | undefined {
  if (found === undefined)
    return uploadFinding('object-missing', key, `object ${key} was declared and is not there`);
  if (found.sha256 !== declared.sha256)
    return uploadFinding(
      'object-checksum-mismatch',
      key,
      `object ${key} must have sha256 ${declared.sha256} as declared, got ${found.sha256}`,
    );
  if (found.bytes !== declared.bytes)
    return uploadFinding(
      'object-size-mismatch',
      key,
      `object ${key} must have ${declared.bytes} bytes as declared, got ${found.bytes}`,
    );
  return undefined;
}

export function uploadFinding(rule: string, object: string | undefined, message: string): Finding {
  return { rule, severity: 'error', message, ...(object !== undefined && { object }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
