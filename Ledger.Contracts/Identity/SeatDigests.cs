using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>What vote keys sign inside calls about seats. Rule P-4 of the protocol.</summary>
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

    /// <summary>
    /// H(ready, chain id, epoch, old set, new set, head height, head hash): a validator of the new set is ready for it.
    /// </summary>
    public static Hash256 OfReady(
        Hash256 chainId, ulong epoch, Hash256 oldSet, Hash256 newSet, ulong headHeight, Hash256 headHash)
    {
        HashBuilder builder = new(Tags.Ready, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(epoch);
        builder.Add(oldSet);
        builder.Add(newSet);
        builder.Add(headHeight);
        builder.Add(headHash);
        return builder.Finish();
    }
}
