export { createKey, KEY_START } from './create';
export { actorOfKey, isKeyValid, type KeyActor, listKeys } from './queries';
export { revokeKey } from './revoke';
