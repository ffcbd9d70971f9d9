using System.Security.Cryptography;

namespace Ledger.Workload.Tests;

/// <summary>What is published can be published again, and says what it is.</summary>
[TestFixture]
public sealed class DatasetTests
{
    private const ulong Seed = 20190412;
    private const int Part = 2_000;

    private readonly List<string> folders = [];

    [OneTimeTearDown]
    public void Remove()
    {
        foreach (string folder in folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void The_same_seed_gives_equal_bytes_and_the_sums_are_those_of_the_files()
    {
        string one = Publish(Seed);
        string other = Publish(Seed);
        string[] names = [.. Directory.GetFiles(one).Select(file => Path.GetFileName(file)).Order()];
        Assert.That(names, Is.EqualTo(new[]
        {
            "README.md", "SHA256SUMS", "plan.csv", "records.csv", "records.jsonl", "sample.csv", "sample.jsonl",
            "students.csv",
        }.Order()));
        Assert.That(names.Select(name => File.ReadAllBytes(Path.Combine(other, name))),
            Is.EqualTo(names.Select(name => File.ReadAllBytes(Path.Combine(one, name)))));
        string[] sums = [.. names.Where(name => name != DatasetPublisher.SumsFile)
            .OrderBy(name => name, StringComparer.Ordinal)
            .Select(name => Convert.ToHexStringLower(
                SHA256.HashData(File.ReadAllBytes(Path.Combine(one, name)))) + "  " + name)];
        Assert.That(File.ReadAllLines(Path.Combine(one, DatasetPublisher.SumsFile)), Is.EqualTo(sums));
    }

    [Test]
    public void A_line_is_what_the_store_receives_and_the_sheet_names_seed_and_digest()
    {
        string folder = Publish(Seed);
        LearningRecord[] records = [.. new Population(Seed).Records().Take(Part)];
        Assert.That(File.ReadAllLines(Path.Combine(folder, DatasetPublisher.RecordsFile)),
            Is.EqualTo(records.Select(record => System.Text.Encoding.UTF8.GetString(record.ToJson()))));
        Assert.That(File.ReadAllLines(Path.Combine(folder, "sample.jsonl")), Has.Length.EqualTo(500));
        Assert.That(File.ReadAllLines(Path.Combine(folder, "plan.csv")), Has.Length.EqualTo(3_105));
        Assert.That(File.ReadAllLines(Path.Combine(folder, "students.csv")), Has.Length.EqualTo(652));
        string sheet = File.ReadAllText(Path.Combine(folder, DatasetPublisher.SheetFile));
        Assert.That(sheet, Does.Contain("| seed | 20190412 |"));
        Assert.That(sheet, Does.Contain(PopulationDigest.Of(records)));
    }

    [Test]
    public void A_cancelled_run_leaves_no_list_of_sums()
    {
        string folder = NewFolder();
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new DatasetPublisher(Seed, Part).Write(
            folder, new Silent(), cancelled.Token));
        Assert.That(File.Exists(Path.Combine(folder, DatasetPublisher.SumsFile)), Is.False);
    }

    [Test]
    public void Values_with_commas_or_quotes_are_quoted()
    {
        Assert.That(CsvLine.Of("a,b", "say \"so\"", null, 1.5, "plain"),
            Is.EqualTo("\"a,b\",\"say \"\"so\"\"\",,1.5,plain"));
    }

    private string Publish(ulong seed)
    {
        string folder = NewFolder();
        new DatasetPublisher(seed, Part).Write(folder, new Silent(), CancellationToken.None);
        return folder;
    }

    private string NewFolder()
    {
        folders.Add(Directory.CreateTempSubdirectory("dataset-").FullName);
        return folders[^1];
    }

    private sealed class Silent : IProgress<int>
    {
        public void Report(int value)
        {
        }
    }
}
