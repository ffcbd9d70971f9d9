using BenchmarkDotNet.Attributes;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Workload;

namespace Ledger.Parts;

/// <summary>
/// The learning record store: statements from JSON to disk, with rules, salt, commitment, locator and outbox. Figures
/// are of a whole list.
/// </summary>
public class RecordStoreBenchmark
{
    private const ulong Seed = 20190412;

    private readonly string folder = Directory.CreateTempSubdirectory("parts-records-").FullName;
    private readonly RecordsKey secret = new(new byte[RecordsKey.Size]);
    private PersonKeys? keys;
    private RecordStore? store;
    private RecordIntake? intake;
    private IEnumerator<LearningRecord>? records;
    private byte[] body = [];

    /// <summary>Statements of a list.</summary>
    [Params(1, 100)]
    public int Statements { get; set; }

    /// <summary>Opens a store.</summary>
    [GlobalSetup]
    public void Open()
    {
        keys = new PersonKeys(Path.Combine(folder, PersonKeys.FileName), secret);
        store = new RecordStore(
            Path.Combine(folder, "records.db"), keys, new LocatorKey(1, new byte[LocatorKey.Size]),
            TimeProvider.System);
        intake = new RecordIntake(store, TimeProvider.System, static _ => true);
        records = new Population(Seed).Records().Where(record => record.Tool != LearningTool.Caliper).GetEnumerator();
    }

    /// <summary>Renders the next list: no record is taken in twice.</summary>
    [IterationSetup]
    public void Render()
    {
        List<string> list = [];
        while (list.Count < Statements && records!.MoveNext())
        {
            list.Add(System.Text.Encoding.UTF8.GetString(records.Current.ToJson()));
        }

        body = System.Text.Encoding.UTF8.GetBytes($"[{string.Join(',', list)}]");
    }

    /// <summary>Removes its files.</summary>
    [GlobalCleanup]
    public void Remove()
    {
        records!.Dispose();
        store!.Dispose();
        keys!.Dispose();
        secret.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Takes a list in.</summary>
    [Benchmark]
    public int TakeIn() => intake!.TakeStatements(body, "bench").Added;
}
