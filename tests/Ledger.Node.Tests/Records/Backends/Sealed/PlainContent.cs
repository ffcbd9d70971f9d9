using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>What a store of the third format holds.</summary>
/// <param name="Records">Records, from the number 1 on.</param>
internal sealed record PlainContent(IReadOnlyList<IntakeRecord> Records)
{
    /// <summary>Numbers of records that the ledger refused.</summary>
    public IReadOnlyList<int> Refused { get; init; } = [];

    /// <summary>Numbers of records in the one signed batch.</summary>
    public IReadOnlyList<int> Batch { get; init; } = [];

    public IReadOnlyList<SeenName> Names { get; init; } = [];

    public IReadOnlyList<SeenActivity> Activities { get; init; } = [];

    public IReadOnlyList<(DocumentScope Scope, string Id, byte[] Content)> Documents { get; init; } = [];

    public IReadOnlyList<AttachmentContent> Attachments { get; init; } = [];

    /// <summary>Orders to erase whose accounts were erased.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];

    public bool IsOut(int number) => Refused.Contains(number) || Batch.Contains(number);
}
