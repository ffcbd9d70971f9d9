using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.ApplyCost;

/// <summary>What the proofs of ranges take: bytes, and time to make and to verify them.</summary>
internal static class ProofCost
{
    private const int Rounds = 2_000;

    public static void Print(ApplyWorld world)
    {
        List<int> sizes = [];
        Stopwatch proving = new();
        Stopwatch verifying = new();
        for (int round = 0; round < Rounds; round++)
        {
            StateKey key = world.RandomRange();
            while (!world.State.TryGet(key, out _))
            {
                key = world.RandomRange();
            }

            proving.Start();
            StateProof proof = world.State.Tree.Prove(key.Hash);
            proving.Stop();
            world.State.TryGet(key, out ReadOnlyMemory<byte> value);
            sizes.Add(proof.CalculateSize() + value.Length + key.Raw.Length);
            verifying.Start();
            bool holds = StateProofs.VerifyPresence(world.State.Root, key, value.Span, proof);
            verifying.Stop();
            if (!holds)
            {
                throw new InvalidOperationException("a proof does not verify");
            }
        }

        sizes.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"proof of a range: {sizes[Rounds / 2]} bytes, at most {sizes[^1]}; proved in "
            + $"{proving.Elapsed.TotalMicroseconds / Rounds:F1} us, "
            + $"verified in {verifying.Elapsed.TotalMicroseconds / Rounds:F1} us"));
    }
}
