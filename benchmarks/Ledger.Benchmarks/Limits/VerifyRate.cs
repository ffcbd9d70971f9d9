using System.Diagnostics;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Limits;

/// <summary>
/// How many signatures a second this host verifies, by the code that the nodes use, with all threads at full speed.
/// </summary>
public static class VerifyRate
{
    /// <summary>The clock is read once for so many.</summary>
    private const int Burst = 64;

    /// <summary>Signatures that are verified in turn, so that no branch learns one of them.</summary>
    private const int Signatures = 64;

    /// <summary>Verifications a second of all threads together.</summary>
    public static double Measure(int threads, TimeSpan span)
    {
        using SigningKey key = SigningKey.Create();
        (Hash256 Digest, byte[] Signature)[] signed = [.. Enumerable.Range(0, Signatures).Select(number =>
        {
            Hash256 digest = TaggedHash.Of("bench/verify"u8, BitConverter.GetBytes(number));
            return (digest, key.Sign(digest));
        })];
        double[] rates = new double[threads];
        using Barrier start = new(threads);
        Thread[] running = [.. Enumerable.Range(0, threads).Select(place => new Thread(() =>
        {
            // The first round is for the compiler and the caches.
            Verify(key.PublicKey, signed);
            start.SignalAndWait();
            rates[place] = RateOf(key.PublicKey, signed, span);
        }))];
        foreach (Thread thread in running)
        {
            thread.Start();
        }

        foreach (Thread thread in running)
        {
            thread.Join();
        }

        return rates.Sum();
    }

    private static double RateOf(PublicKeyBytes key, (Hash256 Digest, byte[] Signature)[] signed, TimeSpan span)
    {
        long done = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan elapsed;
        do
        {
            Verify(key, signed);
            done += Burst;
            elapsed = Stopwatch.GetElapsedTime(start);
        }
        while (elapsed < span);
        return done / elapsed.TotalSeconds;
    }

    private static void Verify(PublicKeyBytes key, (Hash256 Digest, byte[] Signature)[] signed)
    {
        for (int place = 0; place < Burst; place++)
        {
            (Hash256 digest, byte[] signature) = signed[place % Signatures];
            Invariant.That(Ed25519Verifier.Instance.Verify(key, digest, signature), "a good signature verifies");
        }
    }
}
