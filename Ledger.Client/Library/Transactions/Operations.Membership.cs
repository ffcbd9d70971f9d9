using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Transactions;

/// <summary>Calls about who may transact and who has a seat.</summary>
public static partial class Operations
{
    /// <summary>RLPC: the signer, a voting member, accuses an institution and approves its revocation.</summary>
    public static Operation MembershipRevoke(Address institution) =>
        new() { MembershipRevoke = new MembershipRevoke { Institution = Bytes(institution) } };

    /// <summary>RLPC: the signer votes on revoking an institution.</summary>
    public static Operation RevocationVote(Address institution, ulong ballot, bool approve) =>
        new()
        {
            RevocationVote = new RevocationVote
            {
                Institution = Bytes(institution), Ballot = ballot, Approve = approve,
            },
        };

    /// <summary>
    /// RLPC: the signer, a voting member, proposes changes of seats that happen together, and approves them. Whoever is
    /// to get a seat or a key signs too.
    /// </summary>
    public static Operation SeatPropose(IEnumerable<SeatChange> changes)
    {
        SeatPropose call = new();
        call.Changes.AddRange(changes);
        return new Operation { SeatPropose = call };
    }

    /// <summary>RLPC: the signer votes on a proposal about seats.</summary>
    public static Operation SeatVote(ulong proposal, bool approve) =>
        new() { SeatVote = new SeatVote { Proposal = proposal, Approve = approve } };

    /// <summary>
    /// RLPC: the signer's own seat is to get another vote key; <paramref name="proof"/> is the new key's (64 bytes).
    /// </summary>
    public static Operation SeatRotate(
        PublicKeyBytes oldVoteKey, PublicKeyBytes voteKey, ReadOnlySpan<byte> proof) =>
        new()
        {
            SeatRotate = new SeatRotate
            {
                OldVoteKey = oldVoteKey.ToField(), VoteKey = voteKey.ToField(), Proof = ByteString.CopyFrom(proof),
            },
        };

    /// <summary>
    /// RLPC: makes an approved change the set of the next block. The ready signatures may come in any order; throws
    /// <see cref="ArgumentException"/> when there are none or they are about different changes.
    /// </summary>
    public static Operation SeatActivate(
        ulong proposal, ValidatorSet newSet, IReadOnlyCollection<ReadySignature> ready)
    {
        ReadyStatement? first = ready.FirstOrDefault()?.Statement;
        if (first is null || ready.Any(one => one.Statement with
        {
            HeadHeight = first.HeadHeight, HeadHash = first.HeadHash,
        } != first))
        {
            throw new ArgumentException("The ready signatures are not about one change of seats.", nameof(ready));
        }

        SeatActivate call = new()
        {
            Proposal = proposal,
            Epoch = first.Epoch,
            OldSet = Bytes(first.OldSet),
            NewSet = Bytes(first.NewSet),
        };
        call.Ready.AddRange(ready.OrderBy(static one => one.Place).Select(one => MarkOf(one, newSet)));
        return new Operation { SeatActivate = call };
    }

    private static ReadyMark MarkOf(ReadySignature ready, ValidatorSet newSet) => new()
    {
        Validator = (uint)ready.Place,
        VoteKey = newSet[ready.Place].VoteKey.ToField(),
        HeadHeight = ready.Statement.HeadHeight,
        HeadHash = Bytes(ready.Statement.HeadHash),
        Signature = ByteString.CopyFrom(ready.Signature.Span),
    };
}
