using System.Text.Json;
using Ledger.Simulator.Command;

namespace Ledger.Simulator.Tests;

/// <summary>The command as people meet it: reports, shards, killed runs, mistakes.</summary>
public sealed class CommandTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("ledger-simulate-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_run_in_two_shards_is_the_run_in_one()
    {
        Simulate("--seeds 6 --from 1 --json", "whole.json");
        Simulate("--seeds 3 --from 1 --json", "a.json");
        Simulate("--seeds 3 --from 4 --json", "b.json");
        (int code, _) = Simulate("--merge", "a.json", "b.json", "--json", "merged.json");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(Facts("merged.json"), Is.EqualTo(Facts("whole.json")));
        });
    }

    [Test]
    public void A_run_that_was_ended_goes_on_where_its_report_says()
    {
        Simulate("--seeds 6 --from 1 --json", "whole.json");
        Simulate("--seeds 2 --from 1 --json", "part.json");
        (int code, _) = Simulate("--seeds 6 --from 1 --resume --json", "part.json");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(Facts("part.json"), Is.EqualTo(Facts("whole.json")));
        });
    }

    [Test]
    public void A_report_of_another_run_is_not_gone_on_with()
    {
        Simulate("--seeds 1 --from 1 --json", "part.json");
        (int code, string said) = Simulate("--seeds 2 --from 2 --resume --json", "part.json");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(said, Does.Contain("leave --resume out"));
        });
    }

    [Test]
    public void Shards_that_share_seeds_are_not_merged()
    {
        Simulate("--seeds 2 --from 1 --json", "a.json");
        Simulate("--seeds 2 --from 2 --json", "b.json");
        (int code, string said) = Simulate("--merge", "a.json", "b.json", "--json", "merged.json");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(said, Does.Contain("share seeds"));
        });
    }

    [TestCase("", "--seeds N")]
    [TestCase("--seeds", "needs a value")]
    [TestCase("--seeds none", "number from 1")]
    [TestCase("--seeds 1 --nodes 3", "from 4 to 16")]
    [TestCase("--seeds 1 --nodes 10..4", "from 4 to 16")]
    [TestCase("--seeds 1 --byzantine 2", "tolerate 1")]
    [TestCase("--seeds 1 --trace", "--seed S")]
    [TestCase("--seeds 1 --resume", "--json FILE")]
    [TestCase("--seeds 1 --fast", "not an option")]
    [TestCase("--merge missing.json --json out.json", "There is no report")]
    public void A_mistake_is_answered_with_what_to_do(string words, string said)
    {
        (int code, string output) = Run(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.Contain(said));
        });
    }

    [Test]
    public void A_traced_seed_is_told_line_by_line()
    {
        (int code, string output) = Run(["--seed", "3", "--trace"]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(output, Does.Contain("commits 50 "));
            Assert.That(output, Does.Contain("the network heals"));
        });
    }

    [Test]
    public void A_range_of_sizes_holds_more_small_ones()
    {
        NodeRange range = new(4, 10);
        int[] sizes = [.. Enumerable.Range(1, 1000).Select(seed => range.Of((ulong)seed))];
        Assert.Multiple(() =>
        {
            Assert.That(sizes, Is.All.InRange(4, 10));
            Assert.That(sizes.Count(size => size == 4), Is.GreaterThan(3 * sizes.Count(size => size == 10)));
            Assert.That(sizes, Does.Contain(10));
        });
    }

    private (int Code, string Output) Simulate(string words, params string[] files)
    {
        List<string> all = [.. words.Split(' ')];
        all.AddRange(files.Select(file => file.StartsWith("--", StringComparison.Ordinal)
            ? file
            : Path.Combine(folder, file)));
        return Run(all);
    }

    private static (int Code, string Output) Run(IReadOnlyList<string> words)
    {
        using StringWriter output = new();
        SimulateCommand command = new(output, output, isTerminal: false, "test");
        int code = command.Run(words, CancellationToken.None);
        return (code, output.ToString());
    }

    // All but the time that it took.
    private string Facts(string file)
    {
        ReportDocument document = JsonSerializer.Deserialize<ReportDocument>(
            File.ReadAllText(Path.Combine(folder, file)),
            new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower })!;
        return JsonSerializer.Serialize(document with { ElapsedS = 0, SeedsPerS = 0, Ranges = [] });
    }
}
