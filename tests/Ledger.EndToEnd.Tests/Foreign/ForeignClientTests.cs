using Ledger.Client.Transactions;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Setup;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Node.Configuration;
using Ledger.Testing;

namespace Ledger.EndToEnd.Tests.Foreign;

/// <summary>The node's API as another implementation of gRPC sees it, that of Node.js, over TLS.</summary>
public sealed class ForeignClientTests
{
    private const int ChecksMin = 18;

    [Test]
    public async Task A_foreign_client_is_served_and_refused_by_the_right_statuses()
    {
        DevnetNode node = (await DocumentedConsortium.SharedAsync()).Nodes[1];
        using Member member = Member.Of([node])[0];
        for (int block = 0; block < 3; block++)
        {
            await member.DecideAsync([member.Key], Operations.Settle());
        }

        ReadyFile ready = LocalConsortium.Ready(node)!;
        ForeignNode foreign = await ForeignNode.InstallAsync(Path.Combine(AppContext.BaseDirectory, "Foreign"));

        string output = await foreign.RunAsync("ledger.js", node.Api, ready.TlsPin, ready.ChainId);

        string[] lines = output.TrimEnd().Split('\n');
        Assert.That(lines, Has.All.StartsWith("ok "));
        Assert.That(lines, Has.Length.GreaterThanOrEqualTo(ChecksMin));
        NodeLogs.RequireNoStackTrace([node]);
    }
}
