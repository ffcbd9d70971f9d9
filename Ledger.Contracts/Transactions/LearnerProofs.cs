using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>The signatures inside calls by new keys of learners and by the keys of one-time codes. Rule P-4.</summary>
internal static class LearnerProofs
{
    /// <summary>The proof of a call that bears one; its form was checked before.</summary>
    public static IEnumerable<(ByteString Key, Hash256 Digest, ByteString Signature)> Of(
        Operation operation, Hash256 chainId)
    {
        if (operation.CallCase == Operation.CallOneofCase.RecoveryPropose)
        {
            RecoveryPropose call = operation.RecoveryPropose;
            return [(call.NewKey, LearnerDigests.OfRecovery(chainId, call.Learner.ToAddress()), call.Proof)];
        }

        if (operation.CallCase == Operation.CallOneofCase.LearnerClaim)
        {
            LearnerClaim call = operation.LearnerClaim;
            Hash256 digest = LearnerDigests.OfClaim(
                chainId, call.Institution.ToAddress(), call.Learner.ToAddress());
            return [(call.ClaimKey, digest, call.Proof)];
        }

        return [];
    }
}
