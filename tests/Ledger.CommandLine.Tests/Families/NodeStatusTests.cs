using Ledger.CommandLine.Tests.Nodes;

namespace Ledger.CommandLine.Tests.Families;

public sealed class NodeStatusTests
{
    [Test]
    public async Task A_node_that_is_stuck_is_not_called_with_the_others()
    {
        await using CommandBench bench = await CommandBench.StartAsync();
        bench.Node.StuckSeconds = 14;

        string shown = await bench.DoneAsync("north", "node", "status");

        Assert.That(shown, Does.Contain("stuck for 14 s").And.Not.Contain("with the others"));
    }
}
