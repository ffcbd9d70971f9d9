using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Seats;

/// <summary>
/// Makes the changes that a proposal about seats lists. An institution that gets a seat or a key shows by
/// <see cref="ProofOf"/> that it holds the key, and signs the transaction too.
/// </summary>
public static class SeatChangeFactory
{
    /// <summary>The vote key's signature (64 bytes) that it is for this institution's seat on this chain.</summary>
    public static byte[] ProofOf(Hash256 chainId, Address institution, SigningKey voteKey) =>
        voteKey.Sign(SeatDigests.OfVoteKey(chainId, institution));

    /// <summary>Whether the proof is the key's, for this institution on this chain.</summary>
    public static bool IsProof(
        Hash256 chainId, Address institution, PublicKeyBytes voteKey, ReadOnlySpan<byte> proof) =>
        Ed25519Verifier.Instance.Verify(voteKey, SeatDigests.OfVoteKey(chainId, institution), proof);

    /// <summary>The institution gets a seat.</summary>
    public static SeatChange Add(Address institution, PublicKeyBytes voteKey, ReadOnlySpan<byte> proof) => new()
    {
        Kind = SeatChangeKind.Add,
        Institution = institution.ToField(),
        VoteKey = voteKey.ToField(),
        Proof = ByteString.CopyFrom(proof),
    };

    /// <summary>The institution's seat ends.</summary>
    public static SeatChange Remove(Address institution) =>
        new() { Kind = SeatChangeKind.Remove, Institution = institution.ToField() };

    /// <summary>The institution's seat gets another vote key, in step with other changes.</summary>
    public static SeatChange Rotate(
        Address institution, PublicKeyBytes oldVoteKey, PublicKeyBytes voteKey, ReadOnlySpan<byte> proof)
    {
        SeatChange change = Add(institution, voteKey, proof);
        change.Kind = SeatChangeKind.Rotate;
        change.OldVoteKey = oldVoteKey.ToField();
        return change;
    }

    /// <summary>The outgoing institution's seat ends and the incoming one gets a seat, as one step.</summary>
    public static SeatChange Replace(
        Address outgoing, Address incoming, PublicKeyBytes voteKey, ReadOnlySpan<byte> proof)
    {
        SeatChange change = Add(incoming, voteKey, proof);
        change.Kind = SeatChangeKind.Replace;
        change.Outgoing = outgoing.ToField();
        return change;
    }
}
