using System.Security.Cryptography;

namespace Ledger.Workload;

/// <summary>
/// Writes the population, the paper's sample and the plan of operations as files that others can use. The same seed
/// gives the same bytes on every machine.
/// </summary>
public sealed class DatasetPublisher
{
    /// <summary>The list of hashes, in the form that <c>sha256sum --check</c> reads; written last.</summary>
    public const string SumsFile = "SHA256SUMS";

    /// <summary>The data sheet.</summary>
    public const string SheetFile = "README.md";

    /// <summary>The whole population's statements and events.</summary>
    public const string RecordsFile = "records.jsonl";

    /// <summary>Progress is told so often, in records.</summary>
    private const int ProgressStep = 1_000;

    private readonly Population population;
    private readonly int recordsMax;

    /// <summary>Publishes the first <paramref name="recordsMax"/> records of a seed's population.</summary>
    public DatasetPublisher(ulong seed, int recordsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recordsMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recordsMax, Population.RecordCount);
        population = new Population(seed);
        this.recordsMax = recordsMax;
    }

    /// <summary>
    /// Writes everything into a folder that exists and is empty. <paramref name="progress"/> hears how many records are
    /// written. A folder without <see cref="SumsFile"/> is unfinished.
    /// </summary>
    public IReadOnlyList<PublishedFile> Write(string folder, IProgress<int> progress, CancellationToken cancellation)
    {
        PaperSample sample = new(population.Seed);
        OperationPlan plan = new(sample, PlanTurn.First);
        List<PublishedFile> files =
        [
            .. WriteRecords(folder, "records", Told(progress, cancellation), out string digest),
            .. WriteRecords(folder, "sample", sample.Records, out _),
            WriteTable(folder, "students.csv", StudentTable.Columns(population), AllStudents()),
            WriteTable(folder, "plan.csv", PlanTable.Columns(sample), plan.Operations),
        ];
        DataSheet sheet = new(population, sample, recordsMax, digest);
        using (HashedLines text = new(folder, SheetFile))
        {
            foreach (string line in sheet.Lines(files))
            {
                text.Write(line);
            }

            files.Add(text.Finish());
        }

        using HashedLines sums = new(folder, SumsFile);
        foreach (PublishedFile file in files.OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            sums.Write($"{file.Sha256}  {file.Name}");
        }

        return [.. files, sums.Finish()];
    }

    private IEnumerable<LearningRecord> Told(IProgress<int> progress, CancellationToken cancellation)
    {
        foreach (LearningRecord record in population.Records().Take(recordsMax))
        {
            if (record.Number % ProgressStep == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress.Report(record.Number);
            }

            yield return record;
        }

        progress.Report(recordsMax);
    }

    private static PublishedFile[] WriteRecords(
        string folder, string name, IEnumerable<LearningRecord> records, out string digest)
    {
        using IncrementalHash light = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using HashedLines json = new(folder, name + ".jsonl");
        using HashedLines table = new(folder, name + ".csv");
        byte[] form = new byte[LearningRecord.LightBytes];
        table.Write(HeadOf(RecordTable.Columns));
        foreach (LearningRecord record in records)
        {
            json.Write(record.ToJson());
            table.Write(CsvLine.Of(RecordTable.Columns.Select(column => column.Value(record))));
            record.WriteLight(form);
            light.AppendData(form);
        }

        digest = Convert.ToHexStringLower(light.GetHashAndReset());
        return [json.Finish(), table.Finish()];
    }

    private static PublishedFile WriteTable<T>(
        string folder, string name, IReadOnlyList<PublishedColumn<T>> columns, IEnumerable<T> rows)
    {
        using HashedLines table = new(folder, name);
        table.Write(HeadOf(columns));
        foreach (T row in rows)
        {
            table.Write(CsvLine.Of(columns.Select(column => column.Value(row))));
        }

        return table.Finish();
    }

    private static IEnumerable<int> AllStudents() => Enumerable.Range(0, Population.StudentCount);

    private static string HeadOf<T>(IReadOnlyList<PublishedColumn<T>> columns) =>
        CsvLine.Of(columns.Select(column => column.Name));
}
