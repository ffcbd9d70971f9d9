using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>
/// What new keys of learners and the keys of one-time codes sign inside calls. Rule P-4 of the protocol.
/// </summary>
public static class LearnerDigests
{
    /// <summary>H(recovery, chain id, learner): the new key's holder wants it for this learner.</summary>
    public static Hash256 OfRecovery(Hash256 chainId, Address learner)
    {
        HashBuilder builder = new(Tags.Recovery, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(learner);
        return builder.Finish();
    }

    /// <summary>
    /// H(claim, chain id, institution, learner): who has the code enrols this learner at the institution that gave it.
    /// </summary>
    public static Hash256 OfClaim(Hash256 chainId, Address institution, Address learner)
    {
        HashBuilder builder = new(Tags.Claim, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(institution);
        builder.Add(learner);
        return builder.Finish();
    }

    /// <summary>H(claim-key, public key): what an institution announces of a code.</summary>
    public static Hash256 ClaimOf(PublicKeyBytes key) => TaggedHash.Of(Tags.ClaimKey, key.ToArray());
}
