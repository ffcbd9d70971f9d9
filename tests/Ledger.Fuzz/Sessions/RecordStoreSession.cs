using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Microsoft.Data.Sqlite;

namespace Ledger.Fuzz;

/// <summary>Records handed in to a store. What is refused leaves no row behind.</summary>
internal sealed class RecordStoreSession : IFuzzSession
{
    /// <summary>A new store after so many records: the disk that holds it may be memory.</summary>
    private const long RecordsMax = 2_000;

    private readonly string folder = FileSession.NewFolder();
    private readonly string keyFolder = FileSession.NewFolder();
    private readonly RecordsKey secret = new(new byte[RecordsKey.Size]);
    private readonly PersonKeys keys;
    private RecordStore store;
    private SqliteConnection watcher;
    private int stores;

    public RecordStoreSession()
    {
        keys = new PersonKeys(Path.Combine(keyFolder, PersonKeys.FileName), secret);
        (store, watcher) = OpenStore();
    }

    public bool Take(byte[] input)
    {
        if (Last() > RecordsMax)
        {
            CloseStore();
            (store, watcher) = OpenStore();
        }

        RecordIntake intake = new(store, FixedClock.AtStart, static _ => true);
        IntakeSource first = new("fuzz", XapiVersion.V1, MayDefine: true);
        Guid id = Guid.Parse("7c0a9a7b-7f0d-4f5b-9a29-000000000001");
        IntakeSource second = new("fuzz", XapiVersion.V2, MayDefine: true);
        return Offer(() => intake.TakeStatements(input, "fuzz"))
            | Offer(() => intake.TakeStatements(AttachmentParts.Alone(input), second))
            | Offer(() => intake.TakeStatement(AttachmentParts.Alone(input), id, first))
            | Offer(() => intake.TakeEvents(input, "fuzz"));
    }

    public void Dispose()
    {
        CloseStore();
        keys.Dispose();
        secret.Dispose();
        Directory.Delete(folder, recursive: true);
        Directory.Delete(keyFolder, recursive: true);
    }

    private bool Offer(Func<IntakeResult> take)
    {
        long before = Last();
        int added = 0;
        bool taken = TargetBuilder.Takes<RecordFormatException>(() =>
        {
            IntakeResult result = take();
            added = result.ConflictPath is null ? result.Added : 0;
        });
        FuzzViolation.Unless(Last() - before == added, "the store holds another number of records than it says");
        return taken;
    }

    private long Last()
    {
        using SqliteCommand command = watcher.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM records";
        return (long)command.ExecuteScalar()!;
    }

    private (RecordStore Store, SqliteConnection Watcher) OpenStore()
    {
        string path = Path.Combine(folder, FormattableString.Invariant($"records-{++stores}.db"));
        RecordStore opened = new(path, keys, new LocatorKey(1, new byte[LocatorKey.Size]), FixedClock.AtStart);
        return (opened, RecordDatabase.OpenReader(path));
    }

    private void CloseStore()
    {
        watcher.Dispose();
        store.Dispose();
        foreach (string file in Directory.GetFiles(folder))
        {
            File.Delete(file);
        }
    }
}
