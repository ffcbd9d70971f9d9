using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Records;

namespace Ledger.Node.Box;

/// <summary>
/// What a reader may have of a box: all records of the writer, or those that every one of the limits covers.
/// </summary>
/// <param name="Limits">The limits that hold; none for all records.</param>
/// <param name="Counted">Grants whose answers are counted, with how many there may be.</param>
public sealed record ReadPermit(
    IReadOnlyList<GrantLimits> Limits, IReadOnlyList<(StateKey Grant, uint ReadsMax)> Counted)
{
    /// <summary>Everything that the writer wrote.</summary>
    public static ReadPermit All { get; } = new([], []);

    /// <summary>Whether a record may be released.</summary>
    public bool Covers(KeptRecord record)
    {
        // The time is read out of the record where a limit asks for it; a record without one is outside of all of them.
        bool isTimed = Limits.Any(static limits => limits.FromUnixMs != 0 || limits.UntilUnixMs != 0);
        return (isTimed ? CommittedTimes.Of(record.Type, record.Committed.Span) : 0) is { } time
            && Limits.All(limits => LimitsCoverage.Covers(limits, record.Type, record.Committed.Span, time));
    }
}
