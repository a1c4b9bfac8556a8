import { isAbsolute, relative } from 'node:path';
import { z } from 'zod';

/** What is known of this copy of the app. */
type OwnCopy = {
  readonly platform: NodeJS.Platform;
  /** Whether it runs from a package at all, and not from its sources. */
  readonly isPackaged: boolean;
  /** Whether its publisher signed it. */
  readonly isSigned: boolean;
  /** The running program. */
  readonly execPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether files can be made beside a path. */
  readonly isWritable: (path: string) => boolean;
};

/**
 * Whether this copy came by a package that can replace itself: the app of Windows, that of macOS when
 * it is signed, and an AppImage. What a system's package manager or a person put there is theirs to
 * replace. macOS replaces an app by one that the same publisher signed, and no other.
 * Source: Electron documentation, "autoUpdater"
 */
export function replacesItself(copy: OwnCopy): boolean {
  if (!copy.isPackaged) return false;
  if (copy.platform === 'darwin') return copy.isSigned;
  return copy.platform === 'linux' ? isOwnAppImage(copy) : true;
}

const manifestSchema = z.object({ signed: z.literal(true) });

/** Whether a package was signed, as its own package.json tells; what cannot be read was not. */
export function isSignedPackage(manifest: string | null): boolean {
  try {
    return manifestSchema.safeParse(JSON.parse(manifest ?? 'null')).success;
  } catch {
    return false;
  }
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
