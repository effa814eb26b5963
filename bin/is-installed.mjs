/**
 * Whether node_modules holds what the lock file names; both are lock files parsed from JSON, the second being the one npm
 * leaves in the folder. Optional packages may be missing: those of other platforms are.
 */
export function isInstalled({ packages: wanted }, { packages: there }) {
  const { '': _root, ...dependencies } = wanted
  return (
    Object.entries(dependencies).every(([place, { version, optional, devOptional }]) =>
      place in there ? there[place].version === version : (optional ?? devOptional ?? false),
    ) && Object.keys(there).every((place) => place in dependencies)
  )
}
