using Ledger.Simulator.Command;

namespace Ledger.Simulator.Tests;

/// <summary>What the command line of the simulator takes, refuses, writes and adds up.</summary>
public sealed class CommandTests
{
    [TestCase("--seeds", "0")]
    [TestCase("--seeds", "many")]
    [TestCase("--nodes", "3")]
    [TestCase("--nodes", "4..17")]
    [TestCase("--nodes", "7..4")]
    [TestCase("--byzantine", "2")]
    [TestCase("--json")]
    [TestCase("--resume")]
    [TestCase("--trace", "--seeds", "2")]
    [TestCase("--merge", "one.json")]
    [TestCase("--what")]
    public void Wrong_arguments_are_refused_with_what_to_do(params string[] words)
    {
        UsageException? problem = Assert.Throws<UsageException>(() => SimulateArguments.Parse(words));
        Assert.That(problem!.Message, Has.Length.GreaterThan(20));
    }

    [Test]
    public void A_range_of_nodes_is_drawn_from_by_the_seed_the_small_ones_more_often()
    {
        NodeCounts counts = NodeCounts.Parse("4..10")!.Value;
        int[] drawn = [.. Enumerable.Range(1, 2000).Select(seed => counts.Of((ulong)seed))];
        Assert.That(drawn.Distinct().Order(), Is.EqualTo(Enumerable.Range(4, 7)));
        Assert.That(drawn.Count(one => one == 4), Is.GreaterThan(drawn.Count(one => one == 10) * 3));
    }

    [Test]
    public void Reports_of_two_shards_add_up_to_that_of_the_whole_and_a_run_goes_on_where_it_was_cut_off()
    {
        string folder = Directory.CreateTempSubdirectory("ledger-simulator-").FullName;
        string whole = Path.Combine(folder, "whole.json");
        string first = Path.Combine(folder, "first.json");
        string second = Path.Combine(folder, "second.json");
        string sum = Path.Combine(folder, "sum.json");
        try
        {
            Assert.That(Simulate("--seeds", "12", "--json", whole), Is.Zero);
            Assert.That(Simulate("--seeds", "5", "--json", first), Is.Zero);
            Assert.That(Simulate("--seeds", "7", "--from", "6", "--json", second), Is.Zero);
            Assert.That(Simulate("--merge", first, second, "--json", sum), Is.Zero);
            AssertEqual(ReportFile.Read(whole), ReportFile.Read(sum));
            Assert.That(Simulate("--seeds", "12", "--json", first, "--resume"), Is.Zero);
            AssertEqual(ReportFile.Read(whole), ReportFile.Read(first));
            Assert.That(Simulate("--merge", whole, second, "--json", sum), Is.EqualTo(2), "seeds twice");
            Assert.That(Simulate("--seeds", "12", "--from", "3", "--json", first, "--resume"), Is.EqualTo(2));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Simulate(params string[] words) => SimulateCommand.Run(words);

    private static void AssertEqual(SimulationReport left, SimulationReport right)
    {
        Assert.That(
            (right.Seeds, right.Commits, right.Messages, right.Crashes, right.FaultPairsMet),
            Is.EqualTo((left.Seeds, left.Commits, left.Messages, left.Crashes, left.FaultPairsMet)));
        Assert.That(right.FaultsByKind, Is.EqualTo(left.FaultsByKind));
    }
}
