import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** Runs this same bundle in another process, in another role. */
export function startRole(...role: string[]): ChildProcess {
  return fork(process.argv[1] ?? '', role, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** The next message of another process. */
export async function messageOf<Message>(child: ChildProcess): Promise<Message> {
  const [message] = (await once(child, 'message')) as [Message];
  return message;
}

/** Lets another process end by itself. */
export async function endRole(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}

/** In a child: ends when its parent lets go. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit(0));
}
