using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// The signatures by other keys inside calls: by vote keys, and by the key that an address rotates to. They rest on
/// nothing but the transaction and the chain id, and so are checked with the signers' signatures, once and in parallel,
/// and never again when the block is executed.
/// </summary>
internal static class InnerProofs
{
    /// <summary>Null when all verify; the form of the body was checked before.</summary>
    public static TransactionRefusal? Check(TransactionBody body, Hash256 chainId, ISignatureVerifier verifier)
    {
        List<(ByteString Key, Hash256 Digest, ByteString Signature)> proofs = [];
        foreach (Operation operation in body.Groups.SelectMany(static group => group.Operations))
        {
            Address actor = new(body.Signers[(int)operation.Actor].Address.Span);
            proofs.AddRange(Of(operation, actor, chainId));
            if (proofs.Count > TransactionLimits.ProofsMax)
            {
                return TransactionRefusal.TooManyProofs;
            }
        }

        return proofs.TrueForAll(proof =>
            verifier.Verify(new PublicKeyBytes(proof.Key.Span), proof.Digest, proof.Signature.Span))
                ? null
                : TransactionRefusal.WrongProof;
    }

    private static IEnumerable<(ByteString Key, Hash256 Digest, ByteString Signature)> Of(
        Operation operation, Address actor, Hash256 chainId)
    {
        if (operation.CallCase == Operation.CallOneofCase.SeatPropose)
        {
            return operation.SeatPropose.Changes
                .Where(static change => !change.VoteKey.IsEmpty)
                .Select(change => (
                    change.VoteKey,
                    SeatDigests.OfVoteKey(chainId, new Address(change.Institution.Span)),
                    change.Proof));
        }

        if (operation.CallCase == Operation.CallOneofCase.SeatRotate)
        {
            SeatRotate rotate = operation.SeatRotate;
            return [(rotate.VoteKey, SeatDigests.OfVoteKey(chainId, actor), rotate.Proof)];
        }

        if (operation.CallCase == Operation.CallOneofCase.RotateKey)
        {
            RotateKey rotate = operation.RotateKey;
            return [(rotate.NewKey, KeyDigests.OfRotation(chainId, actor, rotate.Number), rotate.Proof)];
        }

        return operation.CallCase == Operation.CallOneofCase.SeatActivate
            ? OfReady(operation.SeatActivate, chainId)
            : LearnerProofs.Of(operation, chainId);
    }

    private static IEnumerable<(ByteString Key, Hash256 Digest, ByteString Signature)> OfReady(
        SeatActivate call, Hash256 chainId)
    {
        Hash256 oldSet = new(call.OldSet.Span);
        Hash256 newSet = new(call.NewSet.Span);
        return call.Ready.Select(mark => (
            mark.VoteKey,
            new ReadyStatement(
                chainId, call.Epoch, oldSet, newSet, mark.HeadHeight, new Hash256(mark.HeadHash.Span)).Digest,
            mark.Signature));
    }
}
