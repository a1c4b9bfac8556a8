import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { openDesk } from '../support/desk.ts';

/** An address of this computer that others on its network use; none without a network. */
const outward = Object.values(networkInterfaces())
  .flatMap(addresses => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

/** Whether somebody listens at an address. */
async function listens(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

it.skipIf(outward === undefined)(
  'The webhook server is reached from this computer and by nobody else on its network, unless that is asked for',
  async () => {
    const port = (await openDesk({ env: { EARSHOT_LINE: 'practice' } })).app.line()?.port ?? 0;
    expect(await listens('127.0.0.1', port)).toBe(true);
    expect(await listens(outward ?? '', port)).toBe(false);
    const open = await openDesk({ env: { EARSHOT_LINE: 'practice', HOST: '0.0.0.0' } });
    expect(await listens(outward ?? '', open.app.line()?.port ?? 0)).toBe(true);
  },
);
