import { rmSync } from 'node:fs'

/**
 * Removes a folder when this process ends, should it end before the folder is removed: one with credentials in it must
 * not outlive it. Gives what undoes that.
 */
export const removeAtExit = (folder: string): (() => void) => {
  const remove = (): void => {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // A process that ends has nobody to tell.
    }
  }
  process.once('exit', remove)
  return () => void process.removeListener('exit', remove)
}
