namespace Ledger.Node.Sealing;

/// <summary>
/// What did not open since the start, though nobody has erased its key: each row and each key is told once. Used from
/// any thread.
/// </summary>
public sealed class UnreadableValues
{
    /// <summary>
    /// Rows and keys that are remembered; the log tells of no more, since whoever has that many puts back a backup.
    /// </summary>
    private const int RememberedMax = 100_000;

    private readonly Lock gate = new();
    private readonly HashSet<long> lost = [];
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>Raised with each row, and each key, that had not been found so before.</summary>
    public event Action<SealDamagedException>? Found;

    /// <summary>Keys that are missing or damaged, of those that were wanted.</summary>
    public int LostKeys
    {
        get
        {
            lock (gate)
            {
                return lost.Count;
            }
        }
    }

    /// <summary>Notes what did not open.</summary>
    internal void Note(SealDamagedException problem)
    {
        bool isNew;
        lock (gate)
        {
            isNew = problem.LostKey is { } id
                ? lost.Count < RememberedMax && lost.Add(id)
                : told.Count < RememberedMax && told.Add(problem.Message);
        }

        if (isNew)
        {
            Found?.Invoke(problem);
        }
    }
}
