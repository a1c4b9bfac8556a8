// Loaded into a program before its own code: throws an error nobody catches at each connection to EARSHOT_TEST_FAULT_PORT.
// The program's own processes and threads, which inherit it, are left alone.
import { createServer } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const port = process.env.EARSHOT_TEST_FAULT_PORT;
if (isMainThread && process.send === undefined && port !== undefined) {
  createServer(socket => {
    socket.destroy();
    throw new Error('planted for +14155550199');
  })
    .listen(Number(port), '127.0.0.1')
    .unref();
}
