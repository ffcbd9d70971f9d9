using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Mutations;

/// <summary>
/// Activations that must not happen, each in one respect (C-21), at places and with values that chance chooses.
/// </summary>
internal sealed class ActivationForge(SwapOfSeats swap, TestRandom random)
{
    private readonly int one = random.Below(swap.Activation().Ready.Count);

    private int Other
    {
        get
        {
            int count = swap.Activation().Ready.Count;
            return (one + 1 + random.Below(count - 1)) % count;
        }
    }

    public IEnumerable<Forgery> All() => [.. Counts(), .. Places(), .. Signatures(), .. Statements()];

    private IEnumerable<Forgery> Counts()
    {
        int other = Other;
        yield return Of("q - 1", ResultCode.NotReady, call => call.Ready.RemoveAt(one));
        yield return Of("none at all", TransactionRefusal.Malformed, call => call.Ready.Clear());
        yield return Of("one twice", ResultCode.ReadyRepeated, call => call.Ready[one] = call.Ready[other]);
        yield return Of("another order", ResultCode.ReadyRepeated, call =>
            (call.Ready[one], call.Ready[other]) = (call.Ready[other], call.Ready[one]));
        yield return Of("more than seats", ResultCode.ReadyRepeated, call => call.Ready.Add(call.Ready.Clone()));
        yield return Of("more than any set has", TransactionRefusal.Malformed, call =>
            call.Ready.Add(Enumerable.Repeat(call.Ready[one], TransactionLimits.SeatChangesMax)));
    }

    private IEnumerable<Forgery> Places()
    {
        uint beyond = (uint)(swap.Next.Count + random.Below(1000));
        yield return Of("a place beyond the set", ResultCode.ReadyNotOfSet, call => call.Ready[^1].Validator = beyond);
        yield return Of("the highest place of all", ResultCode.ReadyNotOfSet, call =>
            call.Ready[one].Validator = uint.MaxValue);
        yield return Of("the place of another", ResultCode.ReadyNotOfSet, call =>
            call.Ready[^1].Validator = (uint)swap.Next.Count - 1);
        yield return Of("a seat that ends", ResultCode.ReadyNotOfSet, call =>
        {
            call.Ready[one].VoteKey = swap.EndedKey.ToField();
            call.Ready[one].Signature = Signed(swap.EndedKey, swap.StatementOf(call, call.Ready[one]));
        });
    }

    private IEnumerable<Forgery> Signatures()
    {
        PublicKeyBytes neighbour = swap.Next[Other].VoteKey;
        yield return Of("a signature of a seat that ends", TransactionRefusal.WrongProof, call =>
            call.Ready[one].Signature = Signed(swap.EndedKey, swap.StatementOf(call, call.Ready[one])));
        yield return Of("a signature of another seat", TransactionRefusal.WrongProof, call =>
            call.Ready[one].Signature = Signed(neighbour, swap.StatementOf(call, call.Ready[one])));
        yield return Of("a short signature", TransactionRefusal.Malformed, call =>
            call.Ready[one].Signature = ByteString.CopyFrom(call.Ready[one].Signature.Span[..^1]));
        yield return Of("a long signature", TransactionRefusal.Malformed, call =>
            call.Ready[one].Signature = ByteString.CopyFrom([.. call.Ready[one].Signature.Span, 0]));
        yield return Of("a bit of a signature", TransactionRefusal.WrongProof, call =>
            call.Ready[one].Signature = Flipped(call.Ready[one].Signature));
        yield return Of("a bit of a key", TransactionRefusal.WrongProof, call =>
            call.Ready[one].VoteKey = Flipped(call.Ready[one].VoteKey));
    }

    private IEnumerable<Forgery> Statements()
    {
        ulong step = 1 + (random.Next() % 1000);
        ByteString hash = random.Hash().ToField();
        (string Name, Enum Reason, Action<SeatActivate, ReadyMark> Change)[] changes =
        [
            ("another epoch", ResultCode.WrongEpoch, (call, _) => call.Epoch += step),
            ("the epoch before", ResultCode.WrongEpoch, static (call, _) => call.Epoch--),
            ("another old set", ResultCode.WrongOldSet, (call, _) => call.OldSet = hash),
            ("another new set", ResultCode.WrongNewSet, (call, _) => call.NewSet = hash),
            ("the new set as the old one", ResultCode.WrongOldSet, static (call, _) => call.OldSet = call.NewSet),
            ("another height of a head", ResultCode.StaleHead, (_, mark) => mark.HeadHeight += step),
            ("the height before a head's", ResultCode.StaleHead, static (_, mark) => mark.HeadHeight--),
            ("another head", ResultCode.StaleHead, (_, mark) => mark.HeadHash = hash),
        ];
        foreach ((string name, Enum reason, Action<SeatActivate, ReadyMark> change) in changes)
        {
            yield return Of("signatures under " + name, TransactionRefusal.WrongProof, call =>
                change(call, call.Ready[one]));
            yield return Of("a true signature of " + name, TransactionRefusal.WrongProof, call =>
                call.Ready[one].Signature = SignedAfter(change, call));
            yield return Of("all true signatures of " + name, reason, call =>
            {
                change(call, call.Ready[one]);
                SignAll(call, static statement => statement);
            });
        }

        Hash256 chain = random.Hash();
        yield return Of("all true signatures of another chain", TransactionRefusal.WrongProof, call =>
            SignAll(call, statement => statement with { ChainId = chain }));
    }

    // What the holder of the mark's key has signed about another change stands under this one.
    private ByteString SignedAfter(Action<SeatActivate, ReadyMark> change, SeatActivate call)
    {
        SeatActivate changed = call.Clone();
        change(changed, changed.Ready[one]);
        return Signed(swap.Next[one].VoteKey, swap.StatementOf(changed, changed.Ready[one]));
    }

    private void SignAll(SeatActivate call, Func<ReadyStatement, ReadyStatement> about)
    {
        foreach (ReadyMark mark in call.Ready)
        {
            mark.Signature = Signed(new PublicKeyBytes(mark.VoteKey.Span), about(swap.StatementOf(call, mark)));
        }
    }

    private Forgery Of(string name, Enum reason, Action<SeatActivate> change)
    {
        SeatActivate call = swap.Activation();
        change(call);
        return new Forgery(name, reason, call);
    }

    private ByteString Flipped(ByteString bytes)
    {
        byte[] changed = bytes.ToByteArray();
        changed[random.Below(changed.Length)] ^= (byte)(1 << random.Below(8));
        return ByteString.CopyFrom(changed);
    }

    private static ByteString Signed(PublicKeyBytes key, ReadyStatement statement) =>
        ByteString.CopyFrom(TestSignatures.Sign(key, statement.Digest));
}
