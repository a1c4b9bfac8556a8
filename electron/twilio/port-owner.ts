import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';

/** How long the system's own tools may take to answer. */
const LIMIT_MS = 3000;

/** The name of the program that listens on a port of this computer; null when the system does not tell. */
export async function portOwner(port: number): Promise<string | null> {
  try {
    switch (process.platform) {
      case 'linux':
        return await linuxOwner(port);
      case 'win32':
        return await windowsOwner(port);
      default:
        return firstWord(await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fc']));
    }
  } catch {
    return null;
  }
}

/** Finds the socket in the kernel's table, then the process that holds it open. */
async function linuxOwner(port: number): Promise<string | null> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map(name => readFile(`/proc/net/${name}`, 'utf8')),
  );
  const listening = tables
    .flatMap(table => table.split('\n').map(line => line.trim().split(/\s+/)))
    .find(([, local, , state]) => local?.endsWith(`:${hex}`) && state === '0A');
  const inode = listening?.[9];
  if (inode === undefined) return null;
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`;
    for (const handle of await readdir(folder).catch(() => [])) {
      const target = await readlink(`${folder}/${handle}`).catch(() => '');
      if (target === `socket:[${inode}]`)
        return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim();
    }
  }
  return null;
}

async function windowsOwner(port: number): Promise<string | null> {
  const sockets = await output('netstat', ['-ano', '-p', 'TCP']);
  const line = sockets
    .split('\n')
    .find(text => text.includes(`:${port} `) && text.includes('LISTENING'));
  const pid = line?.trim().split(/\s+/).at(-1);
  if (pid === undefined) return null;
  const tasks = await output('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
  return /^"([^"]+)"/.exec(tasks)?.[1] ?? null;
}

/** The command's name in lsof's field output, whose line begins with `c`. */
function firstWord(fields: string): string | null {
  return /^c(.+)$/m.exec(fields)?.[1] ?? null;
}

function output(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { timeout: LIMIT_MS }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}
