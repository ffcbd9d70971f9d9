using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>What of the calls about seats can be judged without state. Rule P-3.</summary>
internal static class SeatForm
{
    public static bool IsRight(SeatPropose call) =>
        call.Changes.Count is > 0 and <= TransactionLimits.SeatChangesMax
        && call.Changes.All(IsRight)
        && NamesEachOnce(call);

    public static bool IsRight(SeatRotate call) =>
        IsKey(call.OldVoteKey) && IsKey(call.VoteKey) && IsSignature(call.Proof);

    public static bool IsRight(SeatActivate call) =>
        call.Proposal > 0
        && IsHash(call.OldSet)
        && IsHash(call.NewSet)
        && call.Ready.Count is > 0 and <= TransactionLimits.SeatChangesMax
        && call.Ready.All(static mark =>
            IsKey(mark.VoteKey) && IsHash(mark.HeadHash) && IsSignature(mark.Signature));

    private static bool IsRight(SeatChange change)
    {
        bool hasKey = IsKey(change.VoteKey) && IsSignature(change.Proof);
        bool hasNoKey = change.VoteKey.IsEmpty && change.Proof.IsEmpty;
        bool namesOne = change.Institution.Length == Address.Size;
        bool namesOther = change.Outgoing.Length == Address.Size;
        bool isNamed = change.Kind is >= SeatChangeKind.Add and <= SeatChangeKind.Replace;
        return isNamed && namesOne && change.Kind switch
        {
            SeatChangeKind.Add => hasKey && change.OldVoteKey.IsEmpty && change.Outgoing.IsEmpty,
            SeatChangeKind.Remove => hasNoKey && change.OldVoteKey.IsEmpty && change.Outgoing.IsEmpty,
            SeatChangeKind.Rotate => hasKey && IsKey(change.OldVoteKey) && change.Outgoing.IsEmpty,
            SeatChangeKind.Replace => hasKey && change.OldVoteKey.IsEmpty && namesOther,
            SeatChangeKind.Unspecified => false,
        };
    }

    // So the order of a list has no meaning.
    private static bool NamesEachOnce(SeatPropose call)
    {
        SortedSet<Address> seen = [];
        return call.Changes.All(change => seen.Add(new Address(change.Institution.Span))
            && (change.Outgoing.IsEmpty || seen.Add(new Address(change.Outgoing.Span))));
    }

    private static bool IsKey(ByteString bytes) => bytes.Length == PublicKeyBytes.Size;

    private static bool IsHash(ByteString bytes) => bytes.Length == Hash256.Size;

    private static bool IsSignature(ByteString bytes) => bytes.Length == TransactionLimits.SignatureBytes;
}
