using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Limits;

/// <summary>
/// How fast the host itself is while a load runs, twice a second and by the processor time of a thread, so that waiting
/// for a processor is not counted: a long run that becomes slower is told apart from a machine that does. It takes some
/// thousandth of a processor.
/// </summary>
public sealed class HostPace : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>Verified for one figure.</summary>
    private const int Verifications = 8;

    /// <summary>Read for one figure, each where the one before says.</summary>
    private const int Reads = 4_096;

    private readonly SigningKey key = SigningKey.Create();
    private readonly MemoryWalk walk = new();
    private readonly Hash256 digest = TaggedHash.Of("bench/pace"u8, []);
    private readonly byte[] signature;
    private readonly List<double> verifyUs = [];
    private readonly List<double> readNs = [];
    private readonly Metronome metronome;
    private readonly Lock gate = new();

    /// <summary>Begins to measure.</summary>
    public HostPace()
    {
        signature = key.Sign(digest);

        // The first is for the compiler.
        VerifyUs();
        ReadNs();
        metronome = new Metronome("pace", Between, Measure);
    }

    /// <summary>The medians since this was asked last; null where nothing was measured meanwhile.</summary>
    public PaceFigures? Take()
    {
        lock (gate)
        {
            if (verifyUs.Count == 0)
            {
                return null;
            }

            PaceFigures taken = new(
                Math.Round(MedianInterval.Of(verifyUs).Median, 2), Math.Round(MedianInterval.Of(readNs).Median, 2));
            verifyUs.Clear();
            readNs.Clear();
            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        metronome.Dispose();
        key.Dispose();
    }

    private void Measure()
    {
        double verification = VerifyUs();
        double read = ReadNs();
        lock (gate)
        {
            verifyUs.Add(verification);
            readNs.Add(read);
        }
    }

    private double VerifyUs()
    {
        TimeSpan begun = LibC.ThreadTime();
        for (int count = 0; count < Verifications; count++)
        {
            Invariant.That(
                Ed25519Verifier.Instance.Verify(key.PublicKey, digest, signature), "a good signature verifies");
        }

        return (LibC.ThreadTime() - begun).TotalMicroseconds / Verifications;
    }

    private double ReadNs()
    {
        TimeSpan begun = LibC.ThreadTime();
        walk.Go(Reads);
        return (LibC.ThreadTime() - begun).TotalNanoseconds / Reads;
    }
}
