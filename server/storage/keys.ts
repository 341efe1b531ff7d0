/** Where things lie. Keys are checked, so that none leads out of its workspace. */

const workspace = /^[0-9a-f-]{36}$/;
const hash = /^[0-9a-f]{64}$/;
const fileKey = /^papers\/[0-9a-f]{64}$/;

/** Path parts of what lies under its hash. */
export function hashPath(workspaceId: string, sha256: string): string[] {
  if (!workspace.test(workspaceId) || !hash.test(sha256)) {
    throw new Error('Storage keys are a workspace id and a SHA-256');
  }
  return [workspaceId, sha256.slice(0, 2), sha256];
}

/** Path parts of a file that is kept under a key of its own. */
export function filePath(workspaceId: string, key: string): string[] {
  if (!workspace.test(workspaceId) || !fileKey.test(key)) {
    throw new Error('Files are kept under a workspace id and papers/<SHA-256>');
  }
  return [workspaceId, ...key.split('/')];
}

/** Where bytes wait until they are kept; the same place for all workspaces, to be swept at once. */
export const STAGING = 'staging';

export function stagingPath(workspaceId: string, id: string): string[] {
  if (!workspace.test(workspaceId)) throw new Error('A workspace is named by its UUID');
  return [STAGING, `${workspaceId}.${id}`];
}
