namespace Ledger.Node.Records;

/// <summary>A table of a record store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The columns of its primary key, in order.</param>
/// <param name="Others">The other columns.</param>
internal sealed record RecordTable(string Name, IReadOnlyList<string> Key, IReadOnlyList<string> Others)
{
    /// <summary>All columns, the key's in front.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. Key, .. Others];
}
