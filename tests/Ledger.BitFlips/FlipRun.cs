using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.BitFlips;

/// <summary>Flips single bits in the files of a store and asks the inspection what it sees.</summary>
public sealed class FlipRun
{
    private static readonly (string Kind, int Weight)[] Weights =
        [("tables", 40), ("log of writes", 30), ("manifest", 15), ("watermark", 5), ("other", 10)];

    private readonly string folder;
    private readonly Cast cast;
    private readonly Random random;
    private readonly RememberingVerifier verifier = new();
    private readonly Dictionary<string, string[]> files;
    private readonly string digest;

    /// <summary>Runs on a closed, whole store; the bits are drawn from a seed.</summary>
    public FlipRun(string folder, Cast cast, int seed)
    {
        this.folder = folder;
        this.cast = cast;
        random = new Random(seed);
        files = Directory.GetFiles(folder)
            .Append(Watermark.PathOf(folder))
            .Where(file => new FileInfo(file).Length > 0 && !IsNoise(file))
            .GroupBy(KindOf)
            .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray());
        using LedgerDatabase database = LedgerDatabase.OpenReadOnly(folder, toDamage: false);
        IntegrityReport report = Inspect(database);
        Invariant.That(report.IsClean);
        digest = StoreDigest.Of(database);
        Height = report.Height;
    }

    /// <summary>The height of the store.</summary>
    public ulong Height { get; }

    /// <summary>Bytes by kind of file.</summary>
    public IReadOnlyDictionary<string, long> Bytes => files.ToDictionary(
        entry => entry.Key, entry => entry.Value.Sum(file => new FileInfo(file).Length));

    /// <summary>Flips one bit, looks, and flips it back.</summary>
    public Flip Next()
    {
        string kind = Draw();
        string file = DrawFile(files[kind]);
        long offset = random.NextInt64(new FileInfo(file).Length);
        byte mask = (byte)(1 << random.Next(8));
        Toggle(file, offset, mask);
        try
        {
            (FlipOutcome outcome, string what) = Look();
            return new Flip(kind, Path.GetFileName(file), offset, mask, outcome, what);
        }
        finally
        {
            Toggle(file, offset, mask);
        }
    }

    private (FlipOutcome Outcome, string What) Look()
    {
        try
        {
            using LedgerDatabase database = LedgerDatabase.OpenReadOnly(folder, toDamage: false);
            IntegrityReport report = Inspect(database);
            if (!report.IsClean)
            {
                return (FlipOutcome.Found, report.Findings[0].ToString());
            }

            return StoreDigest.Of(database) == digest ? LookWriting() : (FlipOutcome.Silent, "the contents differ");
        }
        catch (StorageFailedException problem)
        {
            return (FlipOutcome.RefusedToOpen, problem.Message);
        }
    }

    // What a reader takes for whole, the node must take for the same: it opens for writing, and founds nothing anew.
    private (FlipOutcome Outcome, string What) LookWriting()
    {
        string copy = folder + "-opened";
        CopyTo(copy);
        try
        {
            using LedgerDatabase database = LedgerDatabase.Open(copy);
            LedgerHead head = ChainRecovery.Open(database, cast.GenesisBytes).Head;
            return database.BrokenSeals.Count == 0 && head.Height == Height && StoreDigest.Of(database) == digest
                ? (FlipOutcome.Harmless, string.Empty)
                : (FlipOutcome.Silent, "the node opens it with other contents");
        }
        catch (StorageFailedException problem)
        {
            return (FlipOutcome.RefusedToOpen, problem.Message);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
            File.Delete(Watermark.PathOf(copy));
        }
    }

    private void CopyTo(string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        File.Copy(Watermark.PathOf(folder), Watermark.PathOf(copy));
    }

    private IntegrityReport Inspect(LedgerDatabase database) =>
        StoreInspection.Run(database, cast.ChainId, verifier, static (_, _) => { });

    private string Draw()
    {
        (string Kind, int Weight)[] present = [.. Weights.Where(entry => files.ContainsKey(entry.Kind))];
        int drawn = random.Next(present.Sum(entry => entry.Weight));
        foreach ((string kind, int weight) in present)
        {
            drawn -= weight;
            if (drawn < 0)
            {
                return kind;
            }
        }

        throw new InvalidOperationException("a weight was drawn that is not there");
    }

    // By size, so that every byte of a kind is as likely as any other.
    private string DrawFile(string[] candidates)
    {
        long drawn = random.NextInt64(candidates.Sum(file => new FileInfo(file).Length));
        foreach (string file in candidates)
        {
            drawn -= new FileInfo(file).Length;
            if (drawn < 0)
            {
                return file;
            }
        }

        throw new InvalidOperationException("an offset was drawn that is not there");
    }

    private static void Toggle(string file, long offset, byte mask)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = offset;
        int value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ mask));
    }

    // The database's diary for people, written anew at each opening: nothing reads it.
    private static bool IsNoise(string file) => Path.GetFileName(file).StartsWith("LOG", StringComparison.Ordinal);

    private static string KindOf(string file) => Path.GetExtension(file) switch
    {
        ".sst" => "tables",
        ".blob" => "values",
        ".log" => "log of writes",
        Watermark.Suffix => "watermark",
        _ when Path.GetFileName(file).StartsWith("MANIFEST", StringComparison.Ordinal) => "manifest",
        _ => "other",
    };
}
