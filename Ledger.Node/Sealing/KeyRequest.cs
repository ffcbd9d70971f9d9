namespace Ledger.Node.Sealing;

/// <summary>Persons who wait for keys; those who wait at the same time get theirs in one synced transaction.</summary>
/// <param name="persons">How they are named; each once.</param>
internal sealed class KeyRequest(string[] persons)
{
    /// <summary>How they are named.</summary>
    public string[] Persons { get; } = persons;

    /// <summary>The ids of their keys, in the same order, once they are on disk. Under the lock of the file.</summary>
    public long[]? Ids { get; set; }
}
