using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>That a range of records has its value at a block.</summary>
internal static class RangeEvidence
{
    /// <summary>
    /// Whether it has. A writer that never wrote has no range, and the ledger proves that it has none.
    /// </summary>
    public static bool Holds(LlpcName llpc, Address writer, RecordRange? range, StateProof? proof, BlockHeader header)
    {
        if (range is null || proof is null)
        {
            return false;
        }

        StateKey key = StateKeys.RecordRange(llpc, writer);
        return range.Count == 0
            ? range.CalculateSize() == 0 && StateProofs.VerifyAbsence(header.StateRoot, key, proof)
            : StateProofs.VerifyPresence(header.StateRoot, key, range.ToByteArray(), proof);
    }
}
