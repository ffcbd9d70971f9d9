namespace Ledger.Contracts.Protos;

/// <summary>What a box released.</summary>
public sealed partial class RecordBundle
{
    /// <summary>The records of all writers, verb by verb.</summary>
    public IReadOnlyList<WriterRecords> Writers => [.. Verbs.SelectMany(static verb => verb.Writers)];
}
