using System.Collections.Concurrent;

namespace Ledger.Node.Sealing;

/// <summary>
/// Makes keys for persons who have none. Each transaction is synced: those who wait for one get theirs in the next, all
/// together. Used from any thread.
/// </summary>
/// <param name="file">The file of keys.</param>
/// <param name="fileGate">Its owner's lock.</param>
/// <param name="key">Gives the digests of persons.</param>
/// <param name="recent">Whose keys are known in memory.</param>
internal sealed class KeyMaker(PersonKeyFile file, Lock fileGate, RecordsKey key, RecentKeys recent)
{
    private readonly ConcurrentQueue<KeyRequest> waiting = new();

    /// <summary>The ids of these persons' keys, in order; on return all are on disk.</summary>
    public long[] Make(string[] persons)
    {
        KeyRequest own = new(persons);
        waiting.Enqueue(own);
        lock (fileGate)
        {
            // Whoever comes to the lock makes the keys of all who wait; where that fails each tries for itself.
            if (own.Ids is null)
            {
                HashSet<KeyRequest> group = [own];
                while (waiting.TryDequeue(out KeyRequest? other))
                {
                    group.Add(other);
                }

                MakeAll([.. group.Where(static one => one.Ids is null)]);
            }

            return own.Ids!;
        }
    }

    // Whose keys these are is read and kept under the file's lock, so that an erasure comes before or after both.
    private void MakeAll(KeyRequest[] group)
    {
        string[] named = [.. group.SelectMany(static one => one.Persons)];
        IReadOnlyList<long> ids = file.Make([.. named.Select(key.PersonDigest)]);
        recent.Know(named, ids);
        int next = 0;
        foreach (KeyRequest one in group)
        {
            one.Ids = [.. ids.Skip(next).Take(one.Persons.Length)];
            next += one.Persons.Length;
        }
    }
}
