export * from './audit';
export * from './evidence';
export * from './identity';
export * from './jobs';
export * from './keys';
export * from './operation';
export * from './papers';
export * from './search';
