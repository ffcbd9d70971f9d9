using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>
/// What vote keys sign inside calls about seats, besides <see cref="ReadyStatement"/>. Rule P-4 of the protocol.
/// </summary>
public static class SeatDigests
{
    /// <summary>
    /// H(vote-key, chain id, institution): a vote key's holder wants it for this institution's seat on this chain.
    /// </summary>
    public static Hash256 OfVoteKey(Hash256 chainId, Address institution)
    {
        HashBuilder builder = new(Tags.VoteKey, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(institution);
        return builder.Finish();
    }
}
