import { userInfo } from 'node:os';

/** The name of whoever uses this computer; a plain word where the system knows none. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'This desk';
  }
}
