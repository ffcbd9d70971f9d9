using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>The commitment of what a store gave, computed anew.</summary>
public static class KeptCommitment
{
    /// <summary>
    /// A value kept beside the record would prove nothing about the record. Bytes that are no record any more have no
    /// commitment: zero differs from every committed value.
    /// </summary>
    public static Hash256 Of(KeptRecord stored)
    {
        try
        {
            return RecordCommitment.Compute(stored.Type, stored.Committed.Span, stored.Salt.Span);
        }
        catch (RecordFormatException)
        {
            return Hash256.Zero;
        }
    }
}
