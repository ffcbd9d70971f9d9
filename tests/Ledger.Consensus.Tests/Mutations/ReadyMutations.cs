using Ledger.Simulator.Chance;
using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Ready signatures that must not activate a set (C-21): the new one has the seats 2 to 6.</summary>
internal static class ReadyMutations
{
    private const string Name = "ready signatures";

    private static readonly int[] NewSeats = [2, 3, 4, 5, 6];

    public static void Judge(MutationForge forge, Prng prng, MutationReport report)
    {
        ValidatorSet next = forge.Chain.SetOf(NewSeats);
        ReadyStatement statement = new(
            forge.Chain.ChainId, 0, forge.Chain.FirstSet.Hash, next.Hash, 1, forge.Block.Hash);
        ImmutableArray<ReadySignature> good = [.. Enumerable.Range(0, next.Quorum).Select(place =>
            Signed(forge, statement, place, NewSeats[place]))];
        Case(forge, next, report, "none", good, isGood: true);
        foreach ((string mutation, ImmutableArray<ReadySignature> signatures)
            in Forgeries(forge, prng, statement, good))
        {
            Case(forge, next, report, mutation, signatures, isGood: false);
        }
    }

    private static void Case(
        MutationForge forge, ValidatorSet next, MutationReport report, string mutation,
        ImmutableArray<ReadySignature> signatures, bool isGood)
    {
        MutationSubject subject = new(Name, [1], 0, _ => ReadyRules.IsActivation(
            forge.Chain.ChainId, 0, forge.Chain.FirstSet, next, signatures, forge.Chain.Keys));
        report.Judge(subject, mutation, isGood ? subject.Bytes : []);
    }

    private static IEnumerable<(string Name, ImmutableArray<ReadySignature> Signatures)> Forgeries(
        MutationForge forge, Prng prng, ReadyStatement statement, ImmutableArray<ReadySignature> good)
    {
        int one = prng.Below(good.Length);
        int other = (one + 1 + prng.Below(good.Length - 1)) % good.Length;
        yield return ("q - 1", good.RemoveAt(one));
        yield return ("none at all", []);
        yield return ("one twice", good.SetItem(one, good[other]));
        yield return ("another order", good.SetItem(one, good[other]).SetItem(other, good[one]));
        yield return ("more than seats", [.. good, .. good]);
        yield return ("a place beyond the set", good.SetItem(good.Length - 1, good[^1] with { Place = 5 + one }));
        yield return ("a place below 0", good.SetItem(0, good[0] with { Place = -1 }));
        yield return ("a signature of a seat that ends",
            good.SetItem(one, Signed(forge, statement, one, 1)));
        yield return ("a short signature",
            good.SetItem(one, good[one] with { Signature = good[one].Signature[..63] }));
        byte[] flipped = good[one].Signature.ToArray();
        flipped[prng.Below(flipped.Length)] ^= (byte)(1 << prng.Below(8));
        yield return ("a bit of a signature", good.SetItem(one, good[one] with { Signature = flipped }));
        foreach ((string name, ReadyStatement another) in Strangers(forge, prng, statement))
        {
            yield return ("a signature under " + name, good.SetItem(one, good[one] with { Statement = another }));
        }

        foreach ((string name, ReadyStatement another) in Strangers(forge, prng, statement).Where(IsOfAnotherChange))
        {
            yield return ("a true signature of " + name,
                good.SetItem(one, Signed(forge, another, one, NewSeats[one])));
        }
    }

    // The head is each signer's own, and is judged by the caller.
    private static bool IsOfAnotherChange((string Name, ReadyStatement Statement) stranger) =>
        !stranger.Name.EndsWith("head", StringComparison.Ordinal);

    private static IEnumerable<(string Name, ReadyStatement Statement)> Strangers(
        MutationForge forge, Prng prng, ReadyStatement statement)
    {
        Hash256 hash = TaggedHash.Of("test/other"u8, BitConverter.GetBytes(prng.Next()));
        yield return ("another chain", statement with { ChainId = hash });
        yield return ("another epoch", statement with { Epoch = statement.Epoch + 1 + (prng.Next() % 1000) });
        yield return ("another old set", statement with { OldSet = forge.Chain.SetOf([1, 2, 3]).Hash });
        yield return ("another new set", statement with { NewSet = hash });
        yield return ("another height of a head", statement with { HeadHeight = statement.HeadHeight + 1 });
        yield return ("another head", statement with { HeadHash = hash });
    }

    private static ReadySignature Signed(MutationForge forge, ReadyStatement statement, int place, int seat)
    {
        byte[] signature = new byte[Certificate.SignatureBytes];
        forge.Chain.Signer(seat).Sign(forge.Chain.Seat(seat).VoteKey, statement.Digest, signature);
        return new ReadySignature(statement, place, signature);
    }
}
