using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// What a file says of one writer's records of a contract, gathered from answers that go on from one another.
/// </summary>
/// <param name="learner">Whose records.</param>
/// <param name="verb">The exact IRI.</param>
/// <param name="writer">Who wrote them.</param>
public sealed class ExportedRange(Address learner, string verb, Address writer)
{
    /// <summary>Whose records.</summary>
    public Address Learner { get; } = learner;

    /// <summary>The exact IRI.</summary>
    public string Verb { get; } = verb;

    /// <summary>Who wrote them.</summary>
    public Address Writer { get; } = writer;

    /// <summary>Records by the ledger's count, at the newest block of an answer.</summary>
    public ulong Count { get; private set; }

    /// <summary>Of so many places, from the first on, the file says what became of each.</summary>
    public ulong Told { get; private set; }

    /// <summary>Records with content and salt.</summary>
    public ulong Returned { get; private set; }

    /// <summary>Places with a tombstone.</summary>
    public ulong Erased { get; private set; }

    /// <summary>Places whose record the store does not give.</summary>
    public ulong Unavailable { get; private set; }

    /// <summary>Whether every place is told of.</summary>
    public bool IsWhole => Told == Count;

    /// <summary>Takes an answer that was verified; false where it leaves out places.</summary>
    internal bool TryAdd(WriterRecords records)
    {
        if (records.FromIndex > Told)
        {
            return false;
        }

        // Answers of several writers may overlap: a place that was told of before is not counted again.
        ulong told = Told;
        Returned += (ulong)records.Records.Count(one => one.Leaf.Index >= told);
        Erased += (ulong)records.Erased.Count(one => one.Proof.Index >= told);
        Unavailable += (ulong)records.Unavailable.Count(index => index >= told);
        Told = Math.Max(Told, records.NextIndex);
        Count = Math.Max(Count, records.Range.Count);
        return true;
    }
}
