using System.Text.Json;
using Ledger.Client.Protos;
using Ledger.CommandLine.Tests.Nodes;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>Orders that are tried before they are given, and periods.</summary>
public sealed class ErasureCommandTests
{
    private static readonly string Learner = new('3', 64);

    private CommandBench bench = null!;

    [SetUp]
    public async Task Start() => bench = await CommandBench.StartAsync();

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [TestCase("learner")]
    [TestCase("record")]
    public async Task A_dry_run_counts_and_orders_nothing(string what)
    {
        string named = what == "learner" ? Learner : "6f9619ff-8b86-4011-b42d-00c04fc964ff";
        JsonElement dry = await bench.JsonAsync("north", "erasure", what, named, "--dry-run");
        JsonElement ordered = await bench.JsonAsync("north", "erasure", what, named);

        Assert.That(
            (dry.GetProperty("records").GetInt32(), dry.GetProperty("onTheLedger").GetInt32()), Is.EqualTo((7, 5)));
        Assert.That(dry.TryGetProperty("order", out _), Is.False);
        Assert.That(ordered.TryGetProperty("order", out _), Is.True);
        Assert.That(bench.Node.Erasure.Asked.Select(static one => one.DryRun), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public async Task Periods_are_shown_with_what_falls_due()
    {
        bench.Node.Erasure.Periods = new RetentionView
        {
            LastUnixMs = 1_790_000_000_000,
            NextUnixMs = 1_790_086_400_000,
            Classes =
            {
                new RetentionClassView
                {
                    Name = "reading", Verbs = { "x:viewed" }, Days = 365, LastRecords = 4, DueNow = 1, DueWeek = 2,
                    DueMonth = 3, More = true,
                },
                new RetentionClassView { Name = "other", Days = 3650 },
            },
        };

        JsonElement shown = await bench.JsonAsync("north", "erasure", "periods");
        JsonElement counted = await bench.JsonAsync("north", "erasure", "periods", "--dry-run");

        JsonElement[] classes = [.. shown.GetProperty("classes").EnumerateArray()];
        Assert.That(classes, Has.Length.EqualTo(2));
        Assert.That(classes[0].GetProperty("days").GetInt32(), Is.EqualTo(365));
        Assert.That(classes[1].GetProperty("verbs").GetString(), Is.EqualTo("all others"));
        Assert.That(classes[0].TryGetProperty("dueNow", out _), Is.False, "nothing was counted");
        JsonElement reading = counted.GetProperty("classes").EnumerateArray().First();
        Assert.That(reading.GetProperty("dueNow").GetInt32(), Is.EqualTo(1));
        Assert.That(reading.GetProperty("within30Days").GetString(), Is.EqualTo("3+"));
    }

    [Test]
    public async Task A_file_of_periods_that_cannot_be_used_or_was_changed_ends_the_command_so()
    {
        bench.Node.Erasure.Periods = new RetentionView { Problem = "retention.json cannot be used" };
        CommandRun broken = await bench.RunAsync("north", "erasure", "periods");
        bench.Node.Erasure.Periods = new RetentionView { Changed = true };
        CommandRun changed = await bench.RunAsync("north", "erasure", "periods");

        Assert.That((broken.Code, changed.Code), Is.EqualTo((2, 5)), broken.Output + changed.Output);
        Assert.That(broken.Output + broken.Error, Does.Contain("cannot be used"));
    }

    [TestCase("order", "named by 32", "0f3c")]
    [TestCase("file", "no receipt", "00000000000000000000000000000000")]
    public async Task A_receipt_of_no_order_or_over_another_file_is_wrong_use(string what, string why, string order)
    {
        string file = bench.Write(what, "something that must not be overwritten");
        using Client.Tests.Verification.SmallChain chain = new();
        await File.WriteAllBytesAsync(bench.In("genesis"), chain.GenesisBytes);

        CommandRun run = await bench.RunAsync(
            "north", "erasure", "receipt", order, "--out", file, "--genesis", bench.In("genesis"));

        Assert.That(run.Code, Is.EqualTo(2), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain(why));
        Assert.That(await File.ReadAllTextAsync(file), Does.StartWith("something"));
    }
}
