/**
 * The path as the routes know it. A lineage id may hold slashes (object keys), and the gateway hands paths over decoded;
 * so all that follows the kind is put back into one segment.
 * @example gatewayPath('/lineage/object/m/landing/a.csv') // '/lineage/object/m%2Flanding%2Fa.csv'
 */
export function gatewayPath(pathname: string): string {
  const match = /^\/lineage\/([^/]+)\/(.+)$/.exec(pathname);
  if (match === null) return pathname;
  return `/lineage/${match[1]}/${(match[2] ?? '').replaceAll('/', '%2F')}`;
}
