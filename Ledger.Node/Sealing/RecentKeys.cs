namespace Ledger.Node.Sealing;

/// <summary>
/// The keys of the moment, in memory, and whose they are. Nobody waits here for a disk: what is read from one meanwhile
/// is kept only where nothing was erased since. Used from any thread.
/// </summary>
/// <param name="max">Keys at most, and as many persons.</param>
internal sealed class RecentKeys(int max)
{
    private readonly Lock gate = new();
    private readonly RecentCache<long, DataKey> keys = new(max, static dropped => dropped.Dispose());
    private readonly RecentCache<string, long> persons = new(max, static _ => { });
    private int epoch;

    /// <summary>Rises with each erasure.</summary>
    public int Epoch => Volatile.Read(ref epoch);

    /// <summary>Those of these persons whose key is not known here; each once.</summary>
    public string[] Unknown(IEnumerable<string> named)
    {
        lock (gate)
        {
            return [.. named.Where(person => !persons.TryGet(person, out _)).Distinct()];
        }
    }

    /// <summary>The key of a person, or null.</summary>
    public long? Of(string person)
    {
        lock (gate)
        {
            return persons.TryGet(person, out long known) ? known : null;
        }
    }

    /// <summary>Keeps whose keys these are, as they were read under the lock under which keys are erased.</summary>
    public void Know(IReadOnlyList<string> named, IReadOnlyList<long> ids)
    {
        lock (gate)
        {
            for (int at = 0; at < named.Count; at++)
            {
                if (!persons.TryGet(named[at], out _))
                {
                    persons.Put(named[at], ids[at]);
                }
            }
        }
    }

    /// <summary>A key, or null.</summary>
    public DataKey? Find(long id)
    {
        lock (gate)
        {
            return keys.TryGet(id, out DataKey? known) ? known : null;
        }
    }

    /// <summary>
    /// Keeps a key that was read, or drops it for the one that is here; null where something was erased since that
    /// epoch, so that it must be read again.
    /// </summary>
    public DataKey? Keep(long id, DataKey loaded, int since)
    {
        lock (gate)
        {
            if (since != epoch)
            {
                loaded.Dispose();
                return null;
            }

            if (keys.TryGet(id, out DataKey? known))
            {
                loaded.Dispose();
                return known;
            }

            keys.Put(id, loaded);
            return loaded;
        }
    }

    /// <summary>Forgets whose keys these are: who is looked for next is looked for in the file.</summary>
    public void ForgetPersons()
    {
        lock (gate)
        {
            persons.Clear();
        }
    }

    /// <summary>Drops keys that were erased, and who had them.</summary>
    public void Forget(IEnumerable<long> ids)
    {
        lock (gate)
        {
            epoch++;
            persons.Clear();
            foreach (long id in ids)
            {
                keys.Remove(id);
            }
        }
    }

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        lock (gate)
        {
            epoch++;
            keys.Clear();
            persons.Clear();
        }
    }
}
