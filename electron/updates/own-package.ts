import { isAbsolute, relative } from 'node:path';

/** What is known of this copy of the app. */
type OwnCopy = {
  readonly platform: NodeJS.Platform;
  /** Whether it runs from a package at all, and not from its sources. */
  readonly isPackaged: boolean;
  /** The running program. */
  readonly execPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether files can be made beside a path. */
  readonly isWritable: (path: string) => boolean;
};

/**
 * Whether this copy came by a package that can replace itself: the apps of macOS and Windows, and an
 * AppImage. What a system's package manager or a person put there is theirs to replace.
 */
export function replacesItself(copy: OwnCopy): boolean {
  if (!copy.isPackaged) return false;
  return copy.platform === 'linux' ? isOwnAppImage(copy) : true;
}

/**
 * An app started from within another AppImage inherits its variables: only the one this program runs
 * from may be replaced. Source: AppImage documentation, "Environment variables".
 */
function isOwnAppImage({ execPath, environment, isWritable }: OwnCopy): boolean {
  const { APPIMAGE: file, APPDIR: mounted } = environment;
  if (file === undefined || mounted === undefined || !isAbsolute(file)) return false;
  const inside = relative(mounted, execPath);
  return inside !== '' && !inside.startsWith('..') && !isAbsolute(inside) && isWritable(file);
}
