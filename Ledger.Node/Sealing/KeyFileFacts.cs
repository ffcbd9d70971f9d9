namespace Ledger.Node.Sealing;

/// <summary>What a file of keys says of itself.</summary>
/// <param name="FileId">Its random id, which copies of it have too.</param>
/// <param name="Ids">The ids of its keys.</param>
public sealed record KeyFileFacts(UInt128 FileId, IReadOnlySet<long> Ids)
{
    /// <summary>The file's id as it is shown.</summary>
    public string Name => PersonKeyFile.NameOf(FileId);
}
