/** What the admin side does with held messages; the contract stands where `proxy` can carry it out. */
export type * from '../storage/quarantine-service.ts';
