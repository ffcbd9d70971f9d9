using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Copies;

/// <summary>A copy of a granted record, as it was verified.</summary>
/// <param name="Group">Of which contract and writer it is, and by which grant it was read.</param>
/// <param name="UntilUnixMs">When it is removed though the grant lasts; 0 for never.</param>
/// <param name="Box">Whose box gave it.</param>
/// <param name="Height">The block on which its receipt stands.</param>
/// <param name="Record">The record with its proof.</param>
/// <param name="Receipt">The receipt of it alone, a proof file.</param>
public sealed record KeptCopy(
    CopyGroupName Group, long UntilUnixMs, Address Box, ulong Height, ReleasedRecord Record, byte[] Receipt)
{
    /// <summary>The contract.</summary>
    public LlpcName Llpc => Group.Llpc;
}
