using System.Diagnostics.CodeAnalysis;

namespace Ledger.Node.Sealing;

/// <summary>
/// What was used not long ago, in two generations: when the younger is full the older is dropped and the younger takes
/// its place, so that what is used again and again stays. Used under its owner's lock.
/// </summary>
/// <param name="max">Entries at most, two at the least.</param>
/// <param name="drop">Called with each value that leaves.</param>
internal sealed class RecentCache<TKey, TValue>(int max, Action<TValue> drop)
    where TKey : notnull
{
    private readonly int generationMax = max >= 2 ? max / 2 : throw new ArgumentOutOfRangeException(nameof(max));

    private Dictionary<TKey, TValue> younger = [];
    private Dictionary<TKey, TValue> older = [];

    /// <summary>How many there are.</summary>
    public int Count => younger.Count + older.Count;

    /// <summary>What is kept under a key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (younger.TryGetValue(key, out value))
        {
            return true;
        }

        if (!older.Remove(key, out value))
        {
            return false;
        }

        Put(key, value);
        return true;
    }

    /// <summary>Keeps a value under a key of which there is none.</summary>
    public void Put(TKey key, TValue value)
    {
        if (younger.Count >= generationMax)
        {
            DropAll(older);
            (older, younger) = (younger, older);
        }

        younger.Add(key, value);
    }

    /// <summary>Drops what is kept under a key, if there is anything.</summary>
    public void Remove(TKey key)
    {
        if (younger.Remove(key, out TValue? value) || older.Remove(key, out value))
        {
            drop(value);
        }
    }

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        DropAll(younger);
        DropAll(older);
    }

    private void DropAll(Dictionary<TKey, TValue> generation)
    {
        foreach (TValue value in generation.Values)
        {
            drop(value);
        }

        generation.Clear();
    }
}
