/** Versions of a design as a view sees them: read when it opens, and again when it asks. */
import { useCallback, useEffect, useState } from 'react'
import type { Id } from '../../core/base/id'
import type { Work } from '../../core/model/work'
import { here } from '../../store/documents/place'
import { type Version, versionsOf, workOfVersion } from '../../store/documents/versions'
import { useTime } from '../../store/words/numbers'
import { useWords } from '../../store/words/words'

/** The last one first. Undefined while they are being read, null where the storage cannot be read. */
export function useVersions(id: Id) {
  const [list, setList] = useState<readonly Version[] | null | undefined>(undefined)
  const reload = useCallback((): Promise<void> => {
    const place = here()
    const read = place ? versionsOf(id, place) : Promise.reject(new Error('There is no storage.'))
    return read.then(
      (found) => setList(found.toReversed()),
      () => setList(null),
    )
  }, [id])
  useEffect(() => {
    void reload()
  }, [reload])
  return { list, reload }
}

/** Undefined while it is being read, or where none is asked for; null where it cannot be read. */
export function useVersionWork(id: Id, version: Id | undefined): Work | null | undefined {
  const [read, setRead] = useState<{ of: Id; work: Work | null } | null>(null)
  useEffect(() => {
    const place = here()
    if (!place || version === undefined) return
    let gone = false
    const set = (work: Work | null) => !gone && setRead({ of: version, work })
    workOfVersion(id, version, place).then(set, () => set(null))
    return () => {
      gone = true
    }
  }, [id, version])
  return read && read.of === version ? read.work : undefined
}

/** What a version is called: by its name, else by what it was kept for. */
export function useVersionName(): (version: Version) => string {
  const { versions: words } = useWords()
  return ({ name, why }) => name || words.why[why]
}

/** The same with its time, for where it is named alone. */
export function useVersionLabel(): (version: Version) => string {
  const time = useTime()
  const nameOf = useVersionName()
  return (version) => [nameOf(version), time(version.at)].filter(Boolean).join(', ')
}
