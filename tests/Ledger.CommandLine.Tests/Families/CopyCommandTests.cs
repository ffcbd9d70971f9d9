using System.Text.Json;
using Ledger.Client.Tests.Verification;
using Ledger.CommandLine.Tests.Nodes;

namespace Ledger.CommandLine.Tests.Families;

/// <summary>The options of reading, and copies at the own node.</summary>
public sealed class CopyCommandTests
{
    private const string Verb = "http://adlnet.gov/expapi/verbs/passed";
    private static readonly string Learner = new('3', 64);

    private CommandBench bench = null!;

    [SetUp]
    public async Task Start()
    {
        bench = await CommandBench.StartAsync();
        using SmallChain chain = new();
        File.WriteAllBytes(bench.In("genesis"), chain.GenesisBytes);
    }

    [TearDown]
    public async Task Stop() => await bench.DisposeAsync();

    [Test]
    public async Task The_node_is_asked_to_keep_what_was_chosen_and_lists_and_drops_it()
    {
        JsonElement kept = await bench.JsonAsync("north", Read(
            "--into-lrs", "--purpose", "advice", "--activity", "urn:course", "--events-from", "2026-01-01"));
        Assert.That((kept.GetProperty("records").GetInt32(), kept.GetProperty("new").GetInt32()), Is.EqualTo((3, 2)));
        Assert.That(bench.Node.Copies.Asked.Single().Verbs, Is.EqualTo(new[] { Verb }));
        Assert.That(bench.Node.Copies.Asked.Single().Purpose, Is.EqualTo("advice"));
        Assert.That(bench.Node.Copies.Asked.Single().Filter.Activities, Is.EqualTo(new[] { "urn:course" }));
        Assert.That(bench.Node.Copies.Asked.Single().Filter.FromUnixMs, Is.EqualTo(1_767_225_600_000));

        Assert.That(await bench.DoneAsync("north", "record", "copies"), Does.Contain(Learner).And.Contain("passed"));
        JsonElement dropped = await bench.JsonAsync("north", "record", "copies", "--drop", Learner);
        Assert.That(dropped.GetProperty("dropped").GetInt32(), Is.EqualTo(3));
    }

    [TestCase("leave --box", "--into-lrs", "--out", "file")]
    [TestCase("leave --box", "--into-lrs", "--receipts", "folder")]
    [TestCase("leave --box", "--into-lrs", "--limit", "3")]
    [TestCase("leave --box", "--into-lrs", "--from-index", "3")]
    [TestCase("of one verb", "failed", "--opening", "limits")]
    [TestCase("--encryption-key", "--opening", "limits")]
    [TestCase("is not a time", "--events-from", "yesterday")]
    public async Task Options_that_do_not_go_together_are_wrong_use(string why, params string[] options)
    {
        CommandRun run = await bench.RunAsync("north", Read(options));
        Assert.That(run.Code, Is.EqualTo(2), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain(why));
    }

    [Test]
    public async Task An_institution_without_a_box_is_named()
    {
        CommandRun run = await bench.RunAsync("north", Read());
        Assert.That(run.Code, Is.EqualTo(1), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain("published no secure box"));
    }

    private string[] Read(params string[] options) =>
        ["record", "read", Learner, Verb, .. options, "--from", "school1.example", "--genesis", bench.In("genesis")];
}
