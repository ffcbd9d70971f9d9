using Google.Protobuf;
using Ledger.BitFlips;
using Ledger.Client.Keys;
using Ledger.Node.Chain;
using Ledger.Node.Integrity;
using Ledger.Node.Protos;
using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Integrity;

/// <summary>A validator's store with real certificates and votes, in a folder of its own.</summary>
internal sealed class MadeStore : IDisposable
{
    public const ulong Blocks = 40;

    // Made once and copied: a validator's store costs three syncs a block.
    private static readonly Lazy<(Cast Cast, string Data)> Template = new(() =>
    {
        string home = Directory.CreateTempSubdirectory("integrity-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(home, recursive: true);
        Cast cast = new(seed: 1);
        string data = Path.Combine(home, "data");
        new StoreMaker(cast, data).Make(Blocks, 15);
        return (cast, data);
    });

    private readonly string home = Directory.CreateTempSubdirectory("integrity-").FullName;

    public MadeStore() => CopyTo(Template.Value.Data, Data);

    public Cast Cast => Template.Value.Cast;

    public string Data => Path.Combine(home, "data");

    public LedgerDatabase Open() => LedgerDatabase.Open(Data);

    /// <summary>Changes values behind the node's back.</summary>
    public void Damage(string column, byte[] key, byte[]? value)
    {
        using LedgerDatabase database = Open();
        using DatabaseBatch batch = database.NewBatch();
        if (value is null)
        {
            batch.Delete(column, key);
        }
        else
        {
            batch.Put(column, key, value);
        }

        database.Write(batch, synced: true);
    }

    /// <summary>Flips a bit of the first value from a key on.</summary>
    public void Flip(string column, byte[] from)
    {
        byte[] key;
        byte[] value;
        using (LedgerDatabase database = Open())
        {
            (key, value) = database.Scan(column, [], from).First();
        }

        value[value.Length / 2] ^= 1;
        Damage(column, key, value);
    }

    /// <summary>Says that the head is one block further than it is.</summary>
    public void Advance() => Damage(
        LedgerColumns.Meta,
        ChainWriter.HeadKey,
        new StoredHead { Height = Blocks + 1, Format = LedgerDatabase.Format }.ToByteArray());

    public IntegrityReport Inspect()
    {
        using LedgerDatabase database = LedgerDatabase.OpenReadOnly(Data, toDamage: false);
        return StoreInspection.Run(database, Cast.ChainId, Ed25519Verifier.Instance, static (_, _) => { });
    }

    public RepairResult Repair() => new StoreRepair(
        Data, Cast.GenesisBytes, Ed25519Verifier.Instance, static (_, _) => { }, mayJoinAgain: true).Run();

    public string Digest()
    {
        using LedgerDatabase database = LedgerDatabase.OpenReadOnly(Data, toDamage: false);
        return StoreDigest.OfAllBut(database, LedgerColumns.Meta);
    }

    public void Dispose() => Directory.Delete(home, recursive: true);

    /// <summary>Copies a closed data folder with its watermark.</summary>
    public static void CopyTo(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        File.Copy(Watermark.PathOf(from), Watermark.PathOf(to), overwrite: true);
    }
}
